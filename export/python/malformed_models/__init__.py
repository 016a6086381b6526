"""Files that each fail one check of the format, and only that one."""
