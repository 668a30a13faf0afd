"""Two samples: a portrait that talks (speech), a robot and a cat in the park (reference)."""
import array, math, os, random, subprocess, wave
from functools import lru_cache
import cairo
from kit import *

# ---- speech: a portrait that talks -------------------------------------------------------------------------

VOICE = 'Hello there! Let me tell you a story about the sea.'

@lru_cache(None)
def voice(out):
    """Speaks VOICE into a file of exactly four seconds; answers loudness and hiss for each frame."""
    raw = os.path.join(out, 'voice.tmp.wav')
    subprocess.run(['espeak-ng', '-v', 'en-us+f3', '-s', '162', '-p', '52', '-w', raw, VOICE], check=True)
    subprocess.run(['ffmpeg', '-v', 'error', '-y', '-i', raw, '-af', 'adelay=180,apad,atrim=0:4,lowpass=7000,volume=0.9', '-ar', '22050', '-ac', '1', '-map_metadata', '-1',
                    '-fflags', '+bitexact', '-flags', '+bitexact', '-c:a', 'libmp3lame', '-b:a', '40k', os.path.join(out, 'speech-voice.mp3')], check=True)
    with wave.open(raw) as w:
        rate, pcm = w.getframerate(), array.array('h', w.readframes(w.getnframes()))
    os.remove(raw)
    pcm = array.array('h', [0] * int(.18 * rate)) + pcm
    loud, hiss = [], []
    for i in range(N):
        part = pcm[int((i - .6) / FPS * rate) if i else 0:int((i + 1) / FPS * rate)] or array.array('h', [0])
        loud.append(math.sqrt(sum(v * v for v in part) / len(part)))
        hiss.append(sum((a < 0) != (b < 0) for a, b in zip(part, part[1:])) / len(part))
    top = sorted(loud)[int(N * .92)] or 1
    return [min(1, v / top) for v in loud], [min(1, v * 5) for v in hiss]

def talk(c, t, open_=0.0, wide=0.0, lift=0.0):
    # A room at golden hour, out of focus: only light and colour are left of it.
    def room(d):
        d.set_source(sheer('line', (0, 0, 480, 480), [(0, '#f7d9a8'), (.4, '#d99f86'), (1, '#5b4a78')])); d.paint()
        for x, y, w, h in ((30, 40, 74, 130), (114, 40, 74, 130), (30, 182, 74, 120), (114, 182, 74, 120)):
            d.rectangle(x, y, w, h); ink(d, '#fff4d2', .9); d.fill()
        d.rectangle(340, 150, 170, 9); ink(d, '#6b4660', .9); d.fill()
        for x, w, h, col in ((352, 16, 70, '#b5566a'), (369, 12, 82, '#e0a45f'), (382, 18, 64, '#487d8b'), (401, 13, 76, '#8c5a86')): d.rectangle(x, 150 - h, w, h); ink(d, col, .85); d.fill()
        for a in range(8):
            g = -2.85 + a * .37; blob(d, [(446, 132), (446 + 34 * math.cos(g) - 8, 128 + 34 * math.sin(g)), (446 + 70 * math.cos(g), 132 + 74 * math.sin(g)), (446 + 36 * math.cos(g) + 8, 132 + 34 * math.sin(g))], '#3f6f5f' if a % 2 else '#56876a')
        poly(d, [(426, 120), (468, 120), (462, 150), (432, 150)], '#c9745a')
        for x, y, q in ((300, 60, 13), (330, 100, 8), (256, 40, 9), (284, 116, 6), (430, 250, 12), (452, 214, 8)): oval(d, x, y, q, q, '#ffe0a0', .55)
    blurred(c, 480, 480, 8, 8, room)
    glow(c, 90, 130, 330, '#ffcf80', .4)
    skin, shade, hair = '#efb592', '#d58f74', '#3d2334'
    nod, lean = 2.2 * wave1(t, 2) - 3 * lift, 3.2 * wave1(t, 1)
    c.save(); c.translate(240 + lean, 254 + nod); c.rotate(.022 * wave1(t, 1, .2) + .012 * lift)
    oval(c, 26, -204, 40, 34, '#3a2134'); c.arc(22, -208, 34, 0, TAU); c.set_source(sheer('line', (-10, -236, 60, -180), [(0, '#a8634f'), (.4, '#5e3341'), (1, '#2c1830')])); c.fill()
    for q in (20, 10): line(c, [(22 - q, -204), (18, -212 - q * .8), (22 + q, -214)], '#c87a58', 2, .4)
    blob(c, [(-92, -40), (-112, -110), (-74, -176), (0, -194), (74, -176), (110, -110), (98, -20), (112, 66), (70, 96), (-72, 96), (-114, 66)], mix(hair, '#1c0f22', .35))       # hair behind
    c.restore()
    sweater = sheer('line', (70, 330, 420, 470), [(0, '#f0b24c'), (.45, '#d9863a'), (1, '#8d4a4c')])
    curve(c, [(240, 352), (300, 366), (372, 392), (412, 440), (424, 520), (56, 520), (68, 440), (108, 392), (180, 366)]); c.set_source(sweater); c.fill()
    for x in range(96, 400, 19): line(c, [(240 + (x - 240) * .84, 392 + abs(x - 240) * .12), (x, 490)], '#7c3f40', 1.4, .16)
    curve(c, [(204 + lean * .5, 300), (276 + lean * .5, 300), (280, 360), (286, 374), (240, 396), (194, 374), (200, 360)]); c.set_source(sheer('line', (0, 310, 0, 386), [(0, '#b96f60'), (.6, shade), (1, skin)])); c.fill()
    line(c, [(180, 366), (206, 390), (240, 398), (274, 390), (300, 366)], '#f6c268', 12); line(c, [(180, 371), (206, 395), (240, 403), (274, 395), (300, 371)], '#8d4a4c', 1.5, .5)
    c.translate(240 + lean, 254 + nod); c.rotate(.022 * wave1(t, 1, .2) + .012 * lift)
    jaw = 5 * open_
    for s in (-1, 1):
        oval(c, 84 * s, -10, 13, 20, shade if s > 0 else skin); oval(c, 87 * s, 16, 5, 5, '#ffd76a'); oval(c, 86 * s - .8, 14.6, 1.6, 1.6, '#fff6d0')
    face = [(0, -142), (54, -128), (84, -76), (84, -16), (70, 38), (38, 78 + jaw), (0, 91 + jaw), (-38, 78 + jaw), (-70, 38), (-84, -16), (-84, -76), (-54, -128)]
    curve(c, face); c.set_source(sheer('line', (-90, -60, 96, 40), [(0, '#ffd3a8'), (.38, skin), (.75, '#e3a183'), (1, '#c67e70')])); c.fill()
    for s in (-1, 1): glow(c, 52 * s, 28, 30, '#ee6a5c', .42, .8, False)
    gaze = 1.6 * wave1(t, 1, .6)
    shut = max(ease(t, a - .016, a) - ease(t, a + .012, a + .03) for a in (.24, .71))
    for s in (-1, 1):                                                                    # eyes, lids, brows
        x, y = 36 * s, -16
        oval(c, x, y, 17, 13.5 * (1 - shut) - .6, '#fffaf2')
        if shut < .8:
            c.save(); c.translate(x, y); c.scale(17, 13.5 * (1 - shut) + .4); c.arc(0, 0, 1, 0, TAU); c.restore(); c.save(); c.clip()
            oval(c, x + gaze, y, 10.5, 11, '#5b3526'); oval(c, x + gaze, y + 3, 7.5, 6.5, '#9a5f3a', .8); oval(c, x + gaze, y, 5, 5.4, '#1e1118'); oval(c, x + gaze - 4, y - 4, 3.2, 3.2, '#ffffff'); oval(c, x + gaze + 4, y + 4, 1.5, 1.5, '#ffffff', .7)
            c.rectangle(x - 20, y - 16, 40, 8); ink(c, '#8c5348', .28); c.fill(); c.restore()
        top = y - 13.5 * (1 - shut) + 7 * shut
        line(c, [(x - 17, y + 2), (x - 9, top + 2 - 2.5 * shut), (x, top), (x + 9, top + 2 - 2.5 * shut), (x + 17, y + 2)], '#2b1720', 3.4); line(c, [(x + 15 * s, y - 1), (x + 21 * s, y - 7)], '#2b1720', 2.6)
        line(c, [(x - 19 * s, -44 - 3 * lift), (x - 2 * s, -50 - 5 * lift), (x + 20 * s, -42 - 3 * lift)], hair, 5.2)
        c.arc(x, -13, 29, 0, TAU); ink(c, '#b98a3e'); c.set_line_width(2.6); c.stroke()
        c.arc(x, -13, 27.5, 0, TAU); c.set_source(sheer('line', (x - 24, -40, x + 20, 14), [(0, '#ffffff', .3), (.35, '#ffffff', .05), (1, '#ffffff', 0)])); c.fill()
    line(c, [(-7, -16), (0, -19), (7, -16)], '#b98a3e', 2.6)
    line(c, [(2, -4), (9, 20), (7, 27), (-3, 28)], '#b96d5a', 2.6, .8); oval(c, -3, 16, 4, 8, '#ffe3c4', .5)
    w, h, y = 25 + 5 * wide - 7 * open_ * (1 - wide), 1.5 + 21 * open_, 51                # the mouth
    lips = [(-w, y - 4), (-w * .5, y - 3 - h * .28), (0, y - 1 - h * .3), (w * .5, y - 3 - h * .28), (w, y - 4), (w * .55, y + 5 + h * .62), (0, y + 7 + h * .8), (-w * .55, y + 5 + h * .62)]
    blob(c, lips, '#c4524f')
    inner = [(-w * .88, y - 2.4), (0, y + 1 - h * .2), (w * .88, y - 2.4), (w * .5, y + 1.2 + h * .55), (0, y + 1.4 + h * .66), (-w * .5, y + 1.2 + h * .55)]
    c.save(); curve(c, inner); ink(c, '#561c2b'); c.fill_preserve(); c.clip()
    if h > 4: oval(c, 0, y + h * .72, w * .6, h * .34, '#e0737a'); box(c, -w * .62, y - h * .3 - 3, w * 1.24, 3.6 + h * .32, 3); ink(c, '#fff8ef'); c.fill()
    c.restore()
    for s in (-1, 1): line(c, [(s * w, y - 3.5), (s * (w + 4.5), y - 8)], '#b96d5a', 2, .7)
    line(c, [(-9, y + 9 + h * .8), (0, y + 10.5 + h * .8), (9, y + 9 + h * .8)], '#e98a80', 2, .5)
    fringe = [(-96, -14), (-111, -106), (-78, -172), (-4, -195), (74, -177), (110, -112), (99, -10), (85, -58), (68, -88), (38, -104), (10, -126), (-14, -100), (-50, -86), (-80, -60)]
    curve(c, fringe); c.set_source(sheer('line', (-100, -150, 100, -40), [(0, '#9c5a4c'), (.35, '#5e3341'), (1, '#2c1830')])); c.fill()
    for a, b, d in (((-92, -64), (-84, -128), (-30, -172)), ((-70, -80), (-52, -130), (0, -162)), ((14, -132), (56, -142), (92, -90))): line(c, [a, b, d], '#c87a58', 2.2, .4)
    for s in (-1, 1):
        curve(c, [(88 * s, -66), (100 * s, -20), (98 * s, 30), (112 * s, 70), (88 * s, 82), (78 * s, 52), (86 * s, 6), (82 * s, -40)]); c.set_source(sheer('line', (-110, 0, 110, 0), [(0, '#8a4c48'), (.4, '#4a2838'), (1, '#2c1830')])); c.fill()
    line(c, [(-97, -92), (-104, -20), (-102, 28), (-112, 62)], '#ffc98a', 2.4, .65)

def talk_still(c):
    talk(c, 0)

def speech(c, t, out):
    loud, hiss = voice(out); i = round(t * N) % N
    soft = lambda v, k: (v[i - 1] + 2 * v[i] + v[(i + 1) % N]) / 4 if k else v[i]
    calm = sum(loud[(i + d) % N] for d in range(-7, 8)) / 15
    talk(c, t, min(1, soft(loud, 1) ** .8), soft(hiss, 1), calm)

# ---- reference: a robot and a cat in the park --------------------------------------------------------------

def leg(c, hip, swing, length, w, col, foot, lift=0.0, toe=1):
    """A leg of two parts; the knee bends while the foot is in the air."""
    a = .5 * swing; knee = (hip[0] + math.sin(a) * length * .5, hip[1] + math.cos(a) * length * .5)
    b = a - .75 * lift; end = (knee[0] + math.sin(b) * length * .5, knee[1] + math.cos(b) * length * .5)
    line(c, [hip, knee, end], col, w); oval(c, end[0] + toe * w * .45, end[1] + w * .1, w * .95, w * .52, foot, 1, -.5 * lift)

def robot(c, t, gait=1.0):
    """Stands on (0, 0) and looks to the right; four double steps a loop."""
    shell, edge, teal = '#f6ead2', '#d9bd97', '#3f9a97'
    p = [4 * t + d for d in (0, .5)]; swing = [gait * math.sin(TAU * v) for v in p]; lift = [gait * max(0, math.cos(TAU * v)) for v in p]
    bob = gait * 2.4 * math.cos(TAU * 8 * t)
    oval(c, 0, 3, 52, 8, '#274a35', .35)
    leg(c, (6, -50 - bob), swing[1], 50, 11, '#7d8f8c', '#2f716f', lift[1])
    c.save(); c.translate(0, -bob); c.rotate(.015 * wave1(t, 4) * gait)
    def arm(a, col, hand):
        c.save(); c.translate(2, -98); c.rotate(a); line(c, [(0, 0), (-1, 22), (6, 40)], col, 10); oval(c, 7, 44, 8, 8, hand); c.restore()
    arm(.12 - .55 * swing[1], '#7d8f8c', '#2f716f')
    c.restore(); leg(c, (-6, -50 - bob), swing[0], 50, 12, '#93a5a0', teal, lift[0]); c.save(); c.translate(0, -bob)
    box(c, -34, -114, 68, 70, 26); c.set_source(sheer('line', (-34, -110, 36, -50), [(0, '#fffaf0'), (.5, shell), (1, edge)])); c.fill()
    box(c, -12, -98, 36, 26, 8); ink(c, teal); c.fill(); oval(c, -1, -85, 5, 5, '#ffd76a'); oval(c, 13, -85, 5, 5, '#ff8a66')
    line(c, [(-26, -58), (0, -54), (27, -58)], edge, 2, .8)
    line(c, [(0, -118), (0, -112)], '#7d8f8c', 16); tip = 2.5 * wave1(t, 4, .2) * gait
    line(c, [(-4, -186), (-6, -198), (-8 - tip, -208)], '#7d8f8c', 3); glow(c, -8 - tip, -211, 18, '#ffb84d', .5); oval(c, -8 - tip, -211, 5.5, 5.5, '#ff9a4a')
    box(c, -46, -188, 92, 72, 30); c.set_source(sheer('line', (-46, -186, 46, -120), [(0, '#fffdf6'), (.5, shell), (1, edge)])); c.fill()
    oval(c, -45, -152, 7, 14, teal); box(c, -18, -175, 58, 46, 19); c.set_source(sheer('line', (0, -175, 20, -128), [(0, '#2b4a5a'), (1, '#16263a')])); c.fill()
    shut = ease(t, .47, .485) - ease(t, .495, .51)
    for x in (0, 24): oval(c, x, -154, 5.5, max(1, 8 * (1 - shut)), '#8ff5e4'); oval(c, x - 1.5, -157, 1.6, 2 * (1 - shut), '#ffffff')
    line(c, [(5, -141), (12, -138), (19, -141)], '#8ff5e4', 2.4); line(c, [(-10, -166), (-4, -171)], '#ffffff', 3, .35)
    c.translate(-6, 0); arm(.1 - .55 * swing[0], '#b9c2b6', teal); c.restore()

def cat(c, t, gait=1.0):
    coat, lightr, cream, nosec = '#4a4560', '#6a6384', '#fbf1e4', '#e58a8a'
    bob = gait * 1.6 * math.cos(TAU * 8 * t + .6); legs = [4 * t + d for d in (.25, .75, .5, 0)]
    oval(c, 0, 2, 56, 6, '#274a35', .35)
    def paw(i, x, col):
        leg(c, (x, -31 - bob), .8 * gait * math.sin(TAU * legs[i]), 29, 9.5, col, cream if i > 1 else mix(cream, coat, .3), gait * max(0, math.cos(TAU * legs[i])))
    paw(0, -24, '#3a3550'); paw(1, 24, '#3a3550')
    q = 7 * wave1(t, 2); line(c, [(-36, -44 - bob), (-56, -58), (-60 + q * .4, -82), (-50 + q, -100), (-58 + q * 1.2, -112)], coat, 10); oval(c, -58 + q * 1.2, -112, 5.4, 6, cream)
    c.save(); c.translate(0, -bob)
    curve(c, [(-42, -44), (-32, -58), (0, -58), (28, -62), (42, -48), (36, -28), (10, -22), (-26, -22), (-41, -30)]); c.set_source(sheer('line', (0, -62, 0, -20), [(0, lightr), (.5, coat), (1, '#3a3550')])); c.fill()
    blob(c, [(24, -54), (42, -52), (40, -32), (28, -26), (22, -38)], cream); c.restore()
    paw(2, -28, coat); paw(3, 28, coat)
    c.save(); c.translate(42, -74 - bob * 1.2); c.rotate(-.08 + .04 * wave1(t, 2, .3))
    for s in (-1, 1):
        poly(c, [(8 * s - 12, -14), (17 * s, -36), (14 * s + 11, -10)], coat); poly(c, [(9 * s - 6, -16), (16 * s, -30), (14 * s + 5, -13)], nosec, .7)
    curve(c, [(-28, 0), (-20, -19), (0, -24), (20, -19), (28, 0), (20, 16), (0, 21), (-20, 16)]); c.set_source(sheer('line', (-10, -24, 14, 22), [(0, lightr), (.6, coat), (1, '#3e3955')])); c.fill()
    blob(c, [(5, -16), (10, -2), (21, 5), (17, 15), (4, 20), (-9, 15), (-12, 5), (0, -2)], cream)
    shut = ease(t, .2, .215) - ease(t, .23, .245) + ease(t, .78, .795) - ease(t, .81, .825)
    for x in (-10, 18): oval(c, x, -4, 5.8, max(.8, 6.6 * (1 - shut)), '#ffd75e'); oval(c, x + .8, -4, 2.3, 5.2 * (1 - shut), '#231c30'); oval(c, x + 2, -6.4, 1.5, 1.5 * (1 - shut), '#ffffff')
    poly(c, [(1.5, 4), (8, 4), (4.8, 8)], nosec); line(c, [(-1, 11), (2.5, 12.5), (4.8, 9.5), (7.5, 12.5), (11, 11)], '#5d4556', 1.3)
    for s in (-1, 1):
        for d in (-2, 3): line(c, [(5 + 14 * s, 8 + d), (5 + 29 * s, 6 + 2 * d)], '#fff8ee', .9, .8)
    line(c, [(-20, 19), (-4, 24), (14, 22)], '#d9483f', 5.5); oval(c, 2, 27, 4.6, 4.6, '#ffc94d'); c.restore()

def tree(c, x, y, h, dark, lightc, seed):
    r = random.Random(seed); c.save(); c.translate(x, y)
    c.move_to(-h * .05, 0); c.curve_to(-h * .025, -h * .2, -h * .03, -h * .4, -h * .02, -h * .6); c.line_to(h * .02, -h * .6); c.curve_to(h * .03, -h * .4, h * .02, -h * .2, h * .06, 0)
    c.set_source(sheer('line', (-h * .05, 0, h * .05, 0), [(0, '#a8744f'), (1, '#5f4038')])); c.fill()
    lumps = [(0, -.68, .25)] + [(.2 * math.cos(a) * r.uniform(.85, 1.15), -.68 + .2 * math.sin(a) * r.uniform(.85, 1.1), r.uniform(.13, .185)) for a in (v * TAU / 8 for v in range(8))]
    for k, col in ((0, dark), (1, mix(dark, lightc, .45)), (2, lightc)):                 # three passes: shade, leaf, sun from the left
        for a, b, q in lumps:
            if k < 2 or a - .6 * (b + .68) < .12:
                oval(c, h * (a - .035 * k), h * (b - .035 * k), h * q * (1 - .14 * k), h * q * (1 - .15 * k), col)
    for a, b, q in lumps[1::2]:
        oval(c, h * (a * .7 + .02), h * (b * .7 - .2), h * q * .42, h * q * .34, mix(dark, lightc, .72))  # a little depth in the light
    c.restore()

def reference(c, t):
    down(c, 0, 230, [(0, '#7cc4ea'), (.6, '#c9e9ee'), (1, '#fdf2cf')])
    glow(c, 90, 30, 330, '#ffe9a8', .75, 1, False)
    for x, y, w in ((420, 48, 62), (560, 80, 46), (250, 70, 38)):
        x += 8 * wave1(t); blob(c, [(x - w, y + 8), (x - w * .5, y - 7), (x, y - 13), (x + w * .5, y - 6), (x + w, y + 8), (x, y + 11)], '#ffffff', .75)
    hills(c, 640, 196, 16, 3, '#a9d3b4', '#cfe6b8', 360); hills(c, 640, 214, 10, 17, '#86bf92', '#b4d690', 360)
    def row(period, paces, paint):
        """Things at even distances that pass by; a whole number of them per loop, so that nothing jumps,
        and (periods are multiples of 96, the frames of a loop) by whole pixels, which compresses best."""
        for i in range(-2, int(640 / period) + 3):
            paint((i - t * paces) * period)
    row(96, 1, lambda x: tree(c, x + 20, 242, 84, '#6aa983', '#a3cf92', 5))
    down(c, 150, 250, [(0, '#fff3c8', 0), (1, '#fff3c8', .5)], (0, 150, 640, 100))
    c.rectangle(0, 238, 640, 130); down(c, 238, 330, [(0, '#b6d976'), (.35, '#8cc263'), (1, '#5c9a52')])
    row(288, 1, lambda x: (tree(c, x + 200, 258, 150, '#cf7f98', '#ffc6cf', 8), tree(c, x + 60, 264, 222, '#3a8a5a', '#98cc5c', 21)))
    def lamp(x):                                                                         # and a bench
        oval(c, x + 62, 279, 34, 4, '#2f5f3d', .35)
        for y in (-30, -22, -12): box(c, x + 26, 276 + y, 74, 5, 2); ink(c, '#b9764a' if y < -15 else '#d08f5b'); c.fill()
        for d in (34, 90): line(c, [(x + d, 276 - 28), (x + d, 278)], '#44505a', 3)
        line(c, [(x + 300, 278), (x + 300, 160)], '#3f4d59', 4); box(c, x + 291, 138, 18, 24, 6); ink(c, '#fff3c4'); c.fill(); poly(c, [(x + 286, 140), (x + 300, 128), (x + 314, 140)], '#3f4d59')
    row(384, 1, lamp)
    c.rectangle(0, 286, 640, 62); down(c, 284, 350, [(0, '#fbe6bd'), (.5, '#f0cf9b'), (1, '#d9ab79')])
    line(c, [(-5, 286), (645, 286)], '#fff6dc', 2.2, .8)
    r = random.Random(6); spots = [(r.random() * 384, r.uniform(292, 344), r.uniform(20, 46)) for _ in range(11)]
    row(384, 1, lambda x: [oval(c, x + a, b, w, w * .13, '#8a6a5c', .2) for a, b, w in spots])  # shade under leaves
    row(384, 1, lambda x: [oval(c, x + a + 60, b, w * .6, w * .08, '#fff6d6', .4) for a, b, w in spots])
    c.save(); c.translate(372, 330); c.scale(1.02, 1.02); robot(c, t); c.restore()
    c.save(); c.translate(226, 334); c.scale(1.12, 1.12); cat(c, t); c.restore()
    for i, (a, wd) in enumerate(((.28, .05), (.5, .075), (.74, .05), (.98, .085))):       # sunbeams, soft at their sides
        light = .085 + .01 * (i % 3)                                                     # steady: light that trembles costs bytes
        for q in (1, .75, .5, .25):
            c.move_to(50, -60)
            for b in (a - wd * q, a + wd * q): c.line_to(50 + 900 * math.cos(b), -60 + 900 * math.sin(b))
            c.close_path(); c.set_source(sheer('round', (50, -60, 60, 50, -60, 640), [(0, '#fff2b8', light), (1, '#fff2b8', 0)])); c.fill()
    for i in range(12):                                                                  # petals on the wind
        k = (t + i * .618) % 1; oval(c, (i * 97 % 640 + 700 - 380 * t * (1 + i % 2)) % 760 - 40 if i % 2 else (i * 97 - 760 * t) % 760 - 40, 30 + 250 * k + 10 * wave1(t, 2, i * .3), 3.6, 1.9, '#ffd1d8', .95 * min(1, k * 8, (1 - k) * 8), 3 * wave1(t, 1, i * .21))
    def front(d):
        row_at = lambda p: [(i - t) * p for i in range(-1, 4)]
        q = random.Random(3); tufts = [(q.random() * 480, q.uniform(10, 34), q.uniform(-12, 12), i % 6) for i in range(20)]
        for x0 in row_at(480):
            for a, h, lean, kind in tufts:
                line(d, [(x0 + a, 368), (x0 + a + lean * .4, 364 - h * .6), (x0 + a + lean, 362 - h)], '#3d7a45' if kind % 2 else '#4f8f4a', 5)
                if kind == 3: oval(d, x0 + a + lean, 362 - h, 6, 6, ('#ff8fa0', '#ffd45e', '#ffffff')[int(a) % 3])
    blurred(c, 640, 372, 3, 3, front)
