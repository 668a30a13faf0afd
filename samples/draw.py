#!/usr/bin/env python3
"""Draws the sample videos of the page, wholly by code: python3 samples/draw.py OUT_DIR [id ...]

Every scene is a function of t, the place in the loop from 0 to 1. What moves does so by whole periods of t,
so that the last picture meets the first ("frames" ends where it was asked to end, and starts over).
No picture, font or model of anyone else's is read. Needs pycairo, ffmpeg (libx264, libwebp), espeak-ng.
"""
import functools, os, subprocess, sys
sys.dont_write_bytecode = True                                                           # leaves nothing beside the sources
import places, people
from kit import FPS, N, canvas, mix, sheer

# id: scene, width, height, quality (x264's crf: larger is smaller), pictures {name: moment}
SCENES = {
    'text': (places.text, 640, 360, 27, {}),
    'image': (places.image, 640, 360, 27, {'image-first': 0}),
    'frames': (places.frames, 640, 360, 30, {'frames-first': 0, 'frames-last': 1}),
    'speech': (people.speech, 480, 480, 25, {'speech-portrait': None}),
    'reference': (people.reference, 640, 360, 33, {}),
}
EXACT = ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact']

def picture(w, h, paint):
    s, c = canvas(w, h)
    paint(c)
    s.flush()
    return bytes(s.get_data())

def ffmpeg(data, w, h, *rest):
    subprocess.run(['ffmpeg', '-v', 'error', '-y', '-f', 'rawvideo', '-pix_fmt', 'bgra', '-s', f'{w}x{h}', '-r', str(FPS), '-i', '-', *rest], input=data, check=True)

def webp(path, data, w, h, most):
    """The best WebP that is no larger than most bytes."""
    for q in range(88, 10, -4):
        ffmpeg(data, w, h, '-c:v', 'libwebp', '-compression_level', '6', '-quality', str(q), '-frames:v', '1', *EXACT, path)
        if os.path.getsize(path) <= most:
            return

def sitter(who, zoom, low, wall, x=240):
    """A reference picture: one character, standing still before a plain light wall."""
    def paint(c):
        c.set_source(sheer('round', (200, 150, 20, 240, 240, 380), [(0, mix(wall, '#ffffff', .55)), (1, wall)])); c.paint()
        c.translate(x, low); c.scale(zoom, zoom); who(c, .05, 0)
    return paint

def main(out, *only):
    os.makedirs(out, exist_ok=True)
    at = functools.partial(os.path.join, out)
    for name, (scene, w, h, crf, stills) in SCENES.items():
        if only and name not in only:
            continue
        if name == 'speech':
            scene = functools.partial(scene, out=out)
        # "frames" runs from its first picture to its last; a loop stops one step before its first.
        shots = [picture(w, h, lambda c: scene(c, i / (N - (name == 'frames')))) for i in range(N)]
        sound = ['-i', at('speech-voice.mp3'), '-map', '0:v', '-map', '1:a', '-c:a', 'aac', '-b:a', '40k', '-t', '4'] if name == 'speech' else []
        ffmpeg(b''.join(shots), w, h, *sound, '-vf', 'scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int', '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'veryslow', '-tune', 'animation',
               '-crf', str(crf), '-x264-params', 'aq-mode=3:keyint=96:threads=2', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', *EXACT, '-movflags', '+faststart', at(name + '.mp4'))
        webp(at(name + '.webp'), shots[0], w, h, 8000)
        for still, moment in stills.items():
            webp(at(still + '.webp'), picture(w, h, people.talk_still if moment is None else lambda c: scene(c, moment)), w, h, 16000)
    if not only or 'reference' in only:
        webp(at('reference-robot.webp'), picture(480, 480, sitter(people.robot, 1.85, 434, '#a9cfd6')), 480, 480, 12000)
        webp(at('reference-cat.webp'), picture(480, 480, sitter(people.cat, 2.65, 392, '#f0c9ae', 228)), 480, 480, 12000)

if __name__ == '__main__':
    main(*sys.argv[1:] or ['.'])
