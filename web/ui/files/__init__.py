"""The page 文件 at /documents: its HTML is made once, its scripts use the API that everybody can use."""
