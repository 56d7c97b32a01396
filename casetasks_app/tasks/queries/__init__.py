"""Questions about tasks, one module a page; every answer is a frozen value made for showing."""
