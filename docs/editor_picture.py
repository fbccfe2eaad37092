"""Draws docs/editor.svg, a script with mistakes in a real editor: ``python docs/editor_picture.py``.

Needs Neovim 0.7 or later, tmux and yaml-language-server (``npm install -g yaml-language-server``) and no network: tmux
is the terminal, Neovim's own client talks to the server, and what stands on the terminal becomes the picture.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.text import Text

from voicecoach.app.homes import Homes
from voicecoach.app.sharing import write_schema
from voicecoach.app.training import library_of
from voicecoach.drills.template import copy_of

HERE = Path(__file__).parent
COLUMNS, LINES = 104, 34
PATIENCE = 60.0
"""Seconds the editor and its server may take for one step."""
MISTAKES = (("\nsets: 3\n", "\nstes: 3\n"), ("\nrest: 45s\n", "\nrest: 45\n"))
CLIENT = """
vim.o.termguicolors, vim.o.number, vim.o.swapfile, vim.o.showmode, vim.o.ruler = true, true, false, false, false
vim.o.signcolumn, vim.o.completeopt, vim.o.pumheight, vim.o.laststatus = "yes", "menuone,noinsert", 9, 0
vim.o.shortmess = vim.o.shortmess .. "cF"
vim.cmd("hi Pmenu guibg=#3a3f4b guifg=#d8dee9 | hi PmenuSel guibg=#5e81ac guifg=#ffffff | hi PmenuSbar guibg=#3a3f4b")
vim.cmd("hi PmenuThumb guibg=#777777 | hi SignColumn guibg=NONE | hi LineNr guifg=#888888")
vim.diagnostic.config({ update_in_insert = true, virtual_text = { prefix = "<" } })
vim.api.nvim_create_autocmd("FileType", { pattern = "yaml", callback = function(args)
  local client = vim.lsp.start_client({
    name = "yaml-language-server",
    cmd = { "yaml-language-server", "--stdio" },
    root_dir = vim.fn.getcwd(),
    settings = { yaml = { schemaStore = { enable = false }, completion = true, hover = true, validate = true } },
  })
  vim.lsp.buf_attach_client(args.buf, client)
  vim.bo[args.buf].omnifunc = "v:lua.vim.lsp.omnifunc"
end })
"""


class Terminal:
    """One tmux session, typed into and looked at."""

    def __init__(self, folder: Path, command: str) -> None:
        self._socket = str(folder / "tmux")
        size = ("-x", str(COLUMNS), "-y", str(LINES))
        self._tmux("-f", "/dev/null", "new-session", "-d", "-c", str(folder), *size, command)

    def type(self, *keys: str) -> None:
        """Press some keys, by tmux's names."""
        self._tmux("send-keys", *keys)

    def wait_for(self, words: str) -> str:
        """What stands there once the words do, with its colours; SystemExit where they do not come."""
        until = time.monotonic() + PATIENCE
        while words not in self._tmux("capture-pane", "-p"):
            if time.monotonic() > until:
                raise SystemExit(f"{words!r} did not come:\n{self._tmux('capture-pane', '-p')}")
            time.sleep(0.2)
        return self._tmux("capture-pane", "-e", "-p")

    def close(self) -> None:
        """End the editor."""
        self._tmux("kill-server")

    def _tmux(self, *arguments: str) -> str:
        return subprocess.run(
            ["tmux", "-S", self._socket, *arguments], check=True, capture_output=True, text=True
        ).stdout


@contextmanager
def editor() -> Iterator[Terminal]:
    """Neovim with a new script in which two lines are wrong."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        library = library_of(Homes.find())
        text = copy_of(library.find("wall tap"), "morning hinge", library).text
        for right, wrong in MISTAKES:
            text = text.replace(right, wrong)
        (folder / "morning-hinge.yaml").write_text(text, encoding="utf-8")
        (folder / "client.lua").write_text(CLIENT, encoding="utf-8")
        write_schema(folder)
        terminal = Terminal(folder, "nvim --clean -u client.lua morning-hinge.yaml")
        try:
            yield terminal
        finally:
            terminal.close()


def main() -> None:
    """Draw it: what is underlined, and what is offered between two keys."""
    for program in ("nvim", "tmux", "yaml-language-server"):
        if shutil.which(program) is None:
            raise SystemExit(f"{program} is not installed.")
    with editor() as terminal:
        terminal.wait_for("is not allowed")
        terminal.type("20G", "o", "C-u", "C-x", "C-o")
        shown = terminal.wait_for("count on")
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(shown.rstrip("\n")))
    picture = re.sub(r"@font-face \{.*?\}\s*", "", console.export_svg(title="nvim morning-hinge.yaml"), flags=re.DOTALL)
    (HERE / "editor.svg").write_text(picture, encoding="utf-8")  # without fonts that a reader would have to fetch


if __name__ == "__main__":
    main()
