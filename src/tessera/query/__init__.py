"""What is asked becomes what will be done: query strings, checks and plans; pure."""
