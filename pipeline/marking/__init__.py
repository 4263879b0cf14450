"""The submitted files with the findings marked in them (批注副本): originals are read, never written."""
