"""Why a name leads to the file it does: every finder and path entry is asked as an import would ask it."""
