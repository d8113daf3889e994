"""One file for each kind of import failure; each has one public function, `explain(failure)`."""
