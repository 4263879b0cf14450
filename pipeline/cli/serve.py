"""`fangan round serve`: a Prefect server with its page and a worker for a bureau's machine, by one command."""

from __future__ import annotations

import argparse
import os
import secrets
from pathlib import Path

from pipeline.cli import output
from pipeline.cli.parser import Subparsers, add_command, count_value
from pipeline.errors import ExitCode, UsageError

_PASSWORD = "FANGAN_PASSWORD"
_LOOPBACK = ("127.0.0.1", "localhost")


def add(parts: Subparsers) -> None:
    """Add the command to the parts of `fangan round`."""
    part = add_command(
        parts, "serve", run, "在本机运行 Prefect 服务、页面和执行程序，9 月和 12 月每天早上自动审查",
        ("fangan round serve 报送材料 --out 审查结果", "fangan round serve 报送材料 --out 审查结果 --host 0.0.0.0"),
    )  # fmt: skip
    part.add_argument("folder", metavar="FOLDER", type=Path, help="其下每个文件、目录或 zip 为一份报送材料")
    part.add_argument("--out", metavar="FOLDER", type=Path, required=True, help="报告和台账写入的目录")
    part.add_argument("--county", metavar="ID", default="", help="适用的县（市）；不写则逐份识别")
    part.add_argument(
        "--jobs", metavar="N", type=count_value, default=os.cpu_count() or 1, help="同时审查几份（默认同核数）"
    )
    part.add_argument(
        "--host", default=_LOOPBACK[0], help="监听的地址（默认只限本机；对外须设环境变量 FANGAN_PASSWORD）"
    )
    part.add_argument("--port", metavar="N", type=count_value, default=4200, help="监听的端口（默认 4200）")


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C; the password comes from the environment, or is made up and told once on this machine."""
    from flows.serving import USER, served, work
    from pipeline.cli.rounds import known_county
    from pipeline.round.store import Store
    from pipeline.round.writing import make_folder

    given = os.environ.get(_PASSWORD, "")
    if not given and options.host not in _LOOPBACK:
        raise UsageError("对外提供服务须有口令。", f"请先设置环境变量 {_PASSWORD}，或只在本机使用。")
    if not options.folder.is_dir():
        raise UsageError(f"没有“{options.folder}”这个目录。", "请指定装有各份报送材料的目录。")
    county = known_county(options.county)
    password = given or secrets.token_urlsafe(16)
    home = Store(options.out).home / "server"
    make_folder(home)
    try:
        with served(home, options.host, options.port, password) as address:
            output.say(f"服务已启动：{address}　登录口令：{USER}:{'（FANGAN_PASSWORD）' if given else password}")
            output.say("9 月和 12 月每天 7:00 自动审查，也可在页面上随时运行。按 Ctrl-C 结束。")
            work(options.folder, options.out, county, options.jobs)
    except KeyboardInterrupt:
        pass
    output.say("服务已结束。")
    return int(ExitCode.OK)
