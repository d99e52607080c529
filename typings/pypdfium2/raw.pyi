import ctypes

FPDF_ERR_PASSWORD: int
FPDF_ERR_SECURITY: int
FPDF_PAGEOBJ_IMAGE: int

class FS_RECTF(ctypes.Structure):
    left: float
    top: float
    right: float
    bottom: float

def FPDF_GetLastError() -> int: ...
def FPDFText_GetUnicode(text_page: object, index: int) -> int: ...
def FPDFText_GetFontSize(text_page: object, index: int) -> float: ...
def FPDFText_GetFontWeight(text_page: object, index: int) -> int: ...
def FPDFText_GetLooseCharBox(text_page: object, index: int, rect: object) -> int: ...
def FPDFText_GetFontInfo(
    text_page: object, index: int, buffer: object, length: int, flags: object
) -> int: ...
