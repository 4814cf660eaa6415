import subprocess
import sys


def test_importing_hornbook_imports_no_heavy_package() -> None:
    program = (
        "import sys, hornbook, hornbook.cli; "
        "print([m for m in ('torch', 'ray', 'sklearn', 'pyarrow', 'numpy') if m in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_the_version_is_the_one_of_the_installed_package() -> None:
    from importlib.metadata import version

    import hornbook

    assert hornbook.__version__ == version("hornbook")
