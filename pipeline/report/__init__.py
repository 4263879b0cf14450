"""An Assessment to bytes: json, html, docx, xlsx, text; renders and judges nothing."""
