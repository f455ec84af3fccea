"""Reading a member's own list from another tool: a table in any encoding, language and shape."""
