"""Pillow (draft mode: the JPEG is decoded small) and pyvips (thumbnail_buffer, then from its pixels), each at its best.

One task a line on standard input, one answer a line: see worker.rs.
"""

import io
import json
import resource
import sys
import time

WAY = sys.argv[1]

if WAY == "pillow":
    import PIL
    from PIL import Image, ImageOps, features

    VERSION = f"Pillow {PIL.__version__}, libwebp {features.version('webp')}"
else:
    import pyvips

    pyvips.cache_set_max(0)
    VERSION = f"pyvips {pyvips.__version__}, libvips {'.'.join(str(pyvips.version(n)) for n in range(3))}"


def pillow(data, side, sizes, first):
    def webp(image):
        file = io.BytesIO()
        image.save(file, "WEBP", quality=80, method=4)
        return file.getvalue()

    image = Image.open(io.BytesIO(data))
    turned = image.getexif().get(0x0112, 1) >= 5
    stored = [(height, width) if turned else (width, height) for width, height in sizes]
    image.draft("RGB", stored[0])
    image.load()
    square = ImageOps.fit(image, (side, side), Image.Resampling.LANCZOS)
    made = [first(webp(ImageOps.exif_transpose(square)))]
    for size in stored:
        image = image.resize(size, Image.Resampling.LANCZOS)
        made.append(webp(ImageOps.exif_transpose(image)))
    return made


def vips(data, side, sizes, first):
    def webp(image):
        return image.webpsave_buffer(Q=80, effort=4, keep="none")

    (width, height), *others = sizes
    image = pyvips.Image.thumbnail_buffer(data, width, height=height, size="force").copy_memory()
    made = [first(webp(image.thumbnail_image(side, height=side, crop="centre"))), webp(image)]
    for width, height in others:
        image = image.thumbnail_image(width, height=height, size="force").copy_memory()
        made.append(webp(image))
    return made


def peak():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return 1000 * (used.ru_utime + used.ru_stime)


print(json.dumps({"peak": peak(), "version": VERSION}), flush=True)
for line in sys.stdin:
    task = json.loads(line)
    with open(task["input"], "rb") as file:
        data = file.read()
    answered = 0.0

    def first(thumbnail):
        global answered
        answered = 1000 * (time.perf_counter() - began)
        return thumbnail

    used, began = cpu(), time.perf_counter()
    made = (pillow if WAY == "pillow" else vips)(data, task["side"], task["sizes"], first)
    wall, used = 1000 * (time.perf_counter() - began), cpu() - used
    if task["output"]:
        for n, content in enumerate(made):
            with open(f"{task['output']}/{n}.webp", "wb") as file:
                file.write(content)
    print(json.dumps({"wall": wall, "first": answered, "cpu": used, "peak": peak()}), flush=True)
