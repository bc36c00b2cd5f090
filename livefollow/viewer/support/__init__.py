"""When something goes wrong: reports that the player can read and send, and what is kept on the disk."""
