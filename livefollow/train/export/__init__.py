"""`livefollow export`: trained networks as ONNX, with what they are and how well they do."""
