"""The way in and out: a plain page drawn by the server, without a socket, so that no socket is ever anonymous."""
