"""One function per check; `kumpel.validation.registry` lists them all."""
