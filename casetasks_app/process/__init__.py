"""Process models: reading BPMN files, checking them, running them, drawing them."""
