"""What networks may run on. Imports nothing heavy: the command line offers it."""

from typing import Literal, get_args

Provider = Literal["auto", "cpu", "cuda"]
PROVIDERS: tuple[Provider, ...] = get_args(Provider)
