"""Text recognition (文字识别): one adapter an engine, a null engine beside it, results kept by content hash."""
