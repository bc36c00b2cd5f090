"""Where the frozen application begins: the page reader's process, or the command line."""

import sys

from livefollow.score.rasterizer_process import RASTERIZER_FLAG

if sys.argv[1:2] == [RASTERIZER_FLAG]:
    from livefollow.score import rasterizer

    rasterizer.main(sys.argv[2:])
else:
    from livefollow.cli.main import main

    sys.exit(main())
