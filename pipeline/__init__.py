"""The shared language of fangan and the only place where rooms meet: model, assessment, reports, command line."""
