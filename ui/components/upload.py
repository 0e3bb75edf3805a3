"""A place to drop a file, in the user's language."""

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from ui.texts import Say

_STYLE = """<style>
[data-testid="stFileUploaderDropzone"] button p,
[data-testid="stFileUploaderDropzoneInstructions"] span {{ font-size: 0; }}
[data-testid="stFileUploaderDropzone"] button p::after {{ content: "{button}"; font-size: 1rem; }}
[data-testid="stFileUploaderDropzoneInstructions"] span::after {{ content: "{limit}"; font-size: 0.875rem; }}
</style>"""


def upload(label: str, types: Sequence[str], say: Say, *, key: str, disabled: bool = False) -> UploadedFile | None:
    """The file dropped, None before. Streamlit's own words inside the field are English only: others cover them.

    `types` are told and not enforced: the loaders say in the user's language what a file of another kind is.
    """
    most = st.get_option("server.maxUploadSize")
    limit = say("upload.limit", megabytes=most, types=" ".join(types).upper())
    st.html(_STYLE.format(button=say("upload.button"), limit=limit))
    return st.file_uploader(label, key=key, disabled=disabled)
