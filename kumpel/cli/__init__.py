"""The command line `kumpel`."""
