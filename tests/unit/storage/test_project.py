from pathlib import Path

from tessera.errors import ConfigurationError
from tessera.schema.source import ProjectFiles, SchemaFile, refusal
from tessera.storage.project import read_project, read_system


def put(folder: Path, file: str, text: str = "{}") -> None:
    """Write a file of a project."""
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_the_schema_files_of_a_project_are_read(tmp_path: Path) -> None:
    """Content types, components and extensions, each with the names that make its uid."""
    put(tmp_path, "src/api/blog/content-types/post/schema.json", '{"é": 1}')
    put(tmp_path, "src/components/shared/seo.json")
    put(tmp_path, "src/extensions/users-permissions/content-types/user/schema.json")

    assert read_project(tmp_path) == ProjectFiles(
        content_types=(SchemaFile("src/api/blog/content-types/post/schema.json", "blog", "post", {"é": 1}),),
        components=(SchemaFile("src/components/shared/seo.json", "shared", "seo", {}),),
        extensions=(
            SchemaFile(
                "src/extensions/users-permissions/content-types/user/schema.json", "users-permissions", "user", {}
            ),
        ),
    )


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    """Code, hidden folders and an empty project are no faults."""
    put(tmp_path, "src/api/blog/controllers/post.js", "module.exports = {}")
    put(tmp_path, "src/api/.hidden/content-types/post/schema.json", "{")

    assert read_project(tmp_path) == ProjectFiles()
    assert read_project(tmp_path / "missing") == ProjectFiles()


def test_folder_names_become_names_of_uids(tmp_path: Path) -> None:
    """The reference writes them in lower case with hyphens."""
    put(tmp_path, "src/api/BlogPosts/content-types/page2/schema.json")

    found = read_project(tmp_path).content_types[0]
    assert (found.folder, found.name) == ("blog-posts", "page2")


def test_a_file_that_is_no_json_is_told_with_its_line(tmp_path: Path) -> None:
    """The other files are read all the same."""
    put(tmp_path, "src/api/a/content-types/a/schema.json", '{\n  "kind": "singleType",\n  oops\n}')
    put(tmp_path, "src/api/b/content-types/b/schema.json", '{"default": NaN}')
    put(tmp_path, "src/api/c/content-types/c/schema.json")
    project = read_project(tmp_path)

    assert [str(error) for error in project.errors] == [
        (
            "src/api/a/content-types/a/schema.json: the file: line 3, column 3: "
            "Expecting property name enclosed in double quotes"
        ),
        "src/api/b/content-types/b/schema.json: the file: expected JSON",
    ]
    assert [file.name for file in project.content_types] == ["c"]


def test_faults_stop_the_start_with_one_error(tmp_path: Path) -> None:
    """Its message has a line for each fault, its details the places."""
    put(tmp_path, "src/api/a/content-types/a/schema.json", "[")
    error = refusal(read_project(tmp_path).errors)

    assert isinstance(error, ConfigurationError)
    assert "src/api/a/content-types/a/schema.json: the file: line 1" in error.message
    assert error.details["errors"][0]["file"] == "src/api/a/content-types/a/schema.json"


def test_the_server_has_types_of_its_own() -> None:
    """Administrators come last, after which the project's types are registered before them."""
    files = read_system()

    assert files[-1].file == "admin.json"
    assert "admin::user" in files[-1].types
