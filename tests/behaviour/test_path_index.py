"""A space sees the folders of its path as they are now, whatever was written or removed a moment ago."""

import os
import shutil
import sys
import threading
import zipfile
from importlib.machinery import PathFinder

import pytest

from loadstone.runtime import folders as folders_module
from loadstone.runtime import path_index
from loadstone.runtime.folders import stamp
from loadstone.runtime.space import Space
from loadstone.testing import tree

MANY = 200  # what a coarse clock hides, it hides some of the time


@pytest.fixture(autouse=True)
def no_bytecode(monkeypatch):
    """Keep ``__pycache__`` out of the folders: a file is rewritten here within the second and at equal size."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)


def coarse(path):
    """Return a folder's stamp as a file system gives it that counts in whole seconds."""
    exact = stamp(path)
    return exact and (exact[0] // 1_000_000_000 * 1_000_000_000, exact[1])


@pytest.fixture(params=["one", "five", "installed", "one, coarse", "five, coarse"])
def site(request, monkeypatch):
    """Yield a space and its folders: one of the user's own, five, or five of installed packages."""
    kind, _, clock = request.param.partition(", ")
    if clock:
        monkeypatch.setattr(folders_module, "stamp", coarse)
        monkeypatch.setattr(path_index, "stamps", lambda paths: [coarse(path) for path in paths])
    with tree({}) as t:
        below = "site-packages/" if kind == "installed" else "lib/"
        names = [f"{number}/{below}" for number in range(1 if kind == "one" else 5)]
        folders = [t.write(name) for name in names]
        space = Space("site", folders)
        yield space, folders


def fails(space, name):
    """Return whether importing `name` fails as that of a missing module does."""
    with pytest.raises(ModuleNotFoundError) as caught:
        space.import_module(name)
    return caught.value.name == name


def test_a_module_that_was_just_written_is_found(site):
    """It is, hundreds of times in a row, though the folder's time stamp has not always moved."""
    space, folders = site
    for number in range(MANY):
        (folders[number % len(folders)] / f"new{number}.py").write_text(f"x = {number}")

        assert space.import_module(f"new{number}").x == number


def test_a_submodule_that_was_just_written_is_found(site):
    """A package's folder is looked at as the path's are."""
    space, folders = site
    package = folders[-1] / "package"
    package.mkdir()
    (package / "__init__.py").touch()
    for number in range(MANY):
        (package / f"new{number}.py").write_text(f"x = {number}")

        assert space.import_module(f"package.new{number}").x == number


def test_a_module_that_was_just_removed_is_not_found(site):
    """The error is that of a module which was never there."""
    space, folders = site
    for number in range(MANY):
        path = folders[-1] / f"old{number}.py"
        path.write_text("x = 1")
        space.find_spec(f"old{number}")
        path.unlink()

        assert fails(space, f"old{number}")


def test_a_missing_module_is_found_once_it_is_there(site):
    """That a name was not found is not remembered against it."""
    space, folders = site
    for number in range(MANY):
        assert fails(space, f"late{number}")
        (folders[-1] / f"late{number}.py").touch()

        assert space.import_module(f"late{number}")


def test_a_file_in_an_earlier_folder_of_ones_own_wins_at_once():
    """It need not be new to the path: the same name stands further down."""
    with tree({f"second/name{number}.py": "x = 2" for number in range(MANY)}) as t:
        for name in ("first/", "third/", "fourth/"):
            t.write(name)
        space = Space("own", [t / "first", t / "second", t / "third", t / "fourth"])
        for number in range(0, MANY, 2):
            assert space.import_module(f"name{number}").x == 2
            t.write(f"first/name{number + 1}.py", "x = 1")

            assert space.import_module(f"name{number + 1}").x == 1


def test_the_next_folder_takes_over_when_a_file_is_removed(site):
    """A removed file uncovers what it hid."""
    space, folders = site
    for folder in folders:
        (folder / "covered.py").write_text(f"x = {str(folder)!r}")
    for folder in folders:
        space.modules.pop("covered", None)

        assert space.import_module("covered").x == str(folder)
        (folder / "covered.py").unlink()
    del space.modules["covered"]
    assert fails(space, "covered")


def test_a_package_becomes_a_module_and_back(site):
    """What stands on disk at the time of the import decides."""
    space, folders = site
    for _ in range(20):
        (folders[-1] / "kind").mkdir()
        (folders[-1] / "kind" / "__init__.py").write_text("kind = 'package'")
        assert space.import_module("kind").kind == "package"
        shutil.rmtree(folders[-1] / "kind")
        del space.modules["kind"]

        (folders[-1] / "kind.py").write_text("kind = 'module'")
        assert space.import_module("kind").kind == "module"
        (folders[-1] / "kind.py").unlink()
        del space.modules["kind"]


def test_a_folder_that_vanishes_and_comes_back(site):
    """Its modules go and come with it."""
    space, folders = site
    (folders[-1] / "there.py").touch()
    assert space.find_spec("there")

    shutil.rmtree(folders[-1])
    assert fails(space, "there")
    folders[-1].write_text("a file")
    assert fails(space, "there")
    folders[-1].unlink()
    folders[-1].mkdir()
    (folders[-1] / "there.py").touch()
    assert space.import_module("there")


def test_a_link_that_is_switched_leads_to_the_other_folder():
    """The folder that a link names is another one afterwards, whatever the time stamps say."""
    with tree({"blue/app.py": "x = 'blue'", "green/app.py": "x = 'green'", "a/": "", "b/": ""}) as t:
        for folder in ("blue", "green"):
            os.utime(t / folder, (1_700_000_000, 1_700_000_000))
        (t / "current").symlink_to("blue", target_is_directory=True)
        space = Space("linked", [t / "a", t / "b", t / "current"])
        for colour in ("blue", "green") * 5:
            (t / "next").symlink_to(colour, target_is_directory=True)
            (t / "next").replace(t / "current")
            space.modules.pop("app", None)

            assert space.import_module("app").x == colour


def test_a_change_is_seen_though_the_time_stamp_was_set_back(site):
    """`os.utime` with whole seconds after each change hides none, as some tools do it."""
    space, folders = site
    for number in range(20):
        (folders[-1] / f"set{number}.py").touch()
        os.utime(folders[-1], (1_700_000_000, 1_700_000_000))

        assert space.find_spec(f"set{number}")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_folder_holds_nothing(site):
    """It is passed over, until it can be read."""
    space, folders = site
    (folders[-1] / "secret.py").touch()
    folders[-1].chmod(0)

    assert fails(space, "secret")
    folders[-1].chmod(0o700)
    assert space.import_module("secret")


def test_a_folder_that_cannot_be_listed_holds_nothing(site, monkeypatch):
    """The error of the listing is not the import's."""
    space, folders = site

    def listdir(path):
        raise PermissionError(path)

    monkeypatch.setattr(os, "listdir", listdir)
    (folders[-1] / "secret.py").touch()
    assert fails(space, "secret")
    monkeypatch.undo()
    (folders[-1] / "other.py").touch()
    assert space.import_module("secret")


def test_an_installed_portion_of_a_namespace_package_is_found_at_once():
    """Another distribution that was installed a moment ago adds to the package."""
    with tree({f"{number}/site-packages/ns/part{number}.py": "" for number in range(4)}) as t:
        space = Space("ns", [t / f"{number}/site-packages" for number in range(5)])
        t.write("4/site-packages/")
        space.import_module("ns.part0")
        t.write("3/site-packages/ns/late.py")

        assert space.import_module("ns.late")
        assert space.import_module("ns.part3")


def test_zip_files_and_folders_keep_their_order():
    """A zip file between folders is asked in its turn."""
    with tree({"a/one.py": "x = 'a'", "b/two.py": "x = 'b'", "c/two.py": "x = 'c'", "d/": ""}) as t:
        with zipfile.ZipFile(t / "z.zip", "w") as archive:
            archive.writestr("one.py", "x = 'zip'")
            archive.writestr("two.py", "x = 'zip'")
        space = Space("zipped", [t / "a", t / "z.zip", t / "b", t / "c", t / "d"])

        assert space.import_module("one").x == "a"
        assert space.import_module("two").x == "zip"


def test_two_threads_write_and_import():
    """Each finds what it wrote, while the other changes the same folders."""
    with tree({"a/": "", "b/": "", "c/": "", "d/": ""}) as t:
        space = Space("threads", [t / name for name in "abcd"])
        missed = []

        def work(who):
            for number in range(MANY // 2):
                name = f"{who}{number}"
                (t / "abcd"[number % 4] / f"{name}.py").write_text(f"x = {number}")
                try:
                    assert space.import_module(name).x == number
                except BaseException as error:
                    missed.append(error)

        threads = [threading.Thread(target=work, args=(who,)) for who in ("left", "right")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert not missed


def test_case_matters():
    """A module is found by the case in which its file is written."""
    with tree({"a/": "", "b/": "", "c/Shop.py": "x = 1", "c/other.py": ""}) as t:
        space = Space("case", [t / "a", t / "b", t / "c"])

        assert space.import_module("Shop").x == 1
        assert fails(space, "shop")
        assert fails(space, "Other")


def test_a_name_that_only_looks_like_a_module_is_passed_over():
    """A data file, a file without a suffix, a folder named like a file: the true module comes later."""
    with tree(
        {
            "a/shop.txt": "",
            "b/shop": "",
            "c/shop.py/x": "",
            "d/shop.cpython-20-none.so": "",
            "e/shop.py": "x = 5",
        }
    ) as t:
        space = Space("decoys", [t / name for name in "abcde"])

        assert space.import_module("shop").x == 5


def test_what_the_index_answers_is_what_python_finds_after_a_fresh_look():
    """For each kind of file in each of five folders, the specs are the same."""
    files = {
        "a/module.py": "", "b/package/__init__.py": "", "c/space/part.py": "", "d/space/other.py": "",
        "e/module/__init__.py": "", "c/package.py": "", "d/bytes.pyc": "", "e/bytes.py": "", "a/data.txt": "",
    }  # fmt: skip
    with tree(files) as t:
        folders = [str(t / name) for name in "abcde"]
        space = Space("specs", folders)
        for name in ("module", "package", "space", "bytes", "data", "none"):
            expected = PathFinder.find_spec(name, folders)
            found = space.find_spec(name)

            assert (found and found.origin) == (expected and expected.origin)
            assert (found and list(found.submodule_search_locations or [])) == (
                expected and list(expected.submodule_search_locations or [])
            )
