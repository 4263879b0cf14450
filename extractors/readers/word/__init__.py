"""Word files (.docx) to Document: package, styles, automatic numbers, paragraphs, tables; no other format."""
