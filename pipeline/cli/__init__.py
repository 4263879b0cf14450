"""The command line: one small module a command. Only here is anything printed, exited, or asked of the environment."""
