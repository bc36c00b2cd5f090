"""`livefollow data scores`: pieces engraved in many looks, with the truth beside them."""
