"""What the pages need to be a site."""

import os
import posixpath
import re

LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)")
FENCED = re.compile(r"(^```.*?^```$)", re.M | re.S)


def on_page_markdown(markdown, page, config, files):
    """A file or folder of the repository that the site does not have is named, not linked."""
    folder = posixpath.dirname(page.file.src_uri)

    def shown(match):
        text, target = match.groups()
        path = target.split("#")[0]
        if path == "" or re.match(r"[a-z]+:", target):
            return match.group(0)
        full = posixpath.normpath(posixpath.join(folder, path))
        is_page = not full.startswith("..") and not os.path.isdir(os.path.join(config["docs_dir"], full))
        return match.group(0) if is_page else text

    parts = FENCED.split(markdown)
    return "".join(part if part.startswith("```") else LINK.sub(shown, part) for part in parts)
