"""People, teams and sign-ins: who somebody is and what they belong to."""
