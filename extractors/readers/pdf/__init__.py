"""PDF to Document: glyphs by PDFium, tables by pdfplumber's own geometry, recognition for what has no text."""
