"""The networks that are shipped: their manifest, their runtime, what each kind takes and gives."""
