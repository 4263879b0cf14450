"""What people do with reports: compare two, decide otherwise, hand parts on, blacken names, verify one."""
