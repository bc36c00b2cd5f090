"""`livefollow export`: trained networks as ONNX files with their training and figures."""
