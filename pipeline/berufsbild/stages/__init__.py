"""The steps of dvc.yaml: paths from the command line, work in the library."""
