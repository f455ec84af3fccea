"""Pictures, drawn from plain records. They take a while: call them off the event loop."""
