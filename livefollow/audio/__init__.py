"""Sound in: devices, microphone and file sources, resampling, ring buffers."""
