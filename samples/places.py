"""Three samples: a lake at dusk (text), a fox in the snow (image), a street by day and night (frames).

A scene draws the moment t of its loop, from 0 to 1.
"""
import math, random
from functools import lru_cache
import cairo
from kit import *

# ---- text: a paper boat at dusk ----------------------------------------------------------------------------

SHORE = 192

@lru_cache(None)
def dusk():
    """Sky, moon and hills; drawn once, because it is needed again upside down in the water."""
    s, c = canvas(700, SHORE + 2); c.translate(30, 0)
    down(c, 0, SHORE, [(0, '#1b2152'), (.35, '#4a3f80'), (.62, '#a2618f'), (.82, '#ea8f83'), (1, '#ffc795')])
    r = random.Random(4)
    for _ in range(46):
        y = r.uniform(0, 95); oval(c, r.uniform(-30, 670), y, .7, .7, '#fff4e0', r.uniform(.2, .9) * (1 - y / 110))
    glow(c, 250, 192, 330, '#ffb070', .55, .45)
    glow(c, 452, 66, 130, '#ffe2b8', .5); oval(c, 452, 66, 25, 25, '#fff3da')
    oval(c, 459, 72, 6, 5, '#efd9bd', .5); oval(c, 446, 58, 4, 3.4, '#efd9bd', .45)
    for x, y, w, a in ((150, 84, 120, .3), (235, 94, 80, .28), (540, 106, 130, .35), (430, 116, 90, .22), (30, 118, 100, .3)):
        blob(c, [(x - w, y), (x - w * .4, y - 5), (x + w * .1, y - 8), (x + w * .6, y - 4), (x + w, y), (x + w * .3, y + 3), (x - w * .5, y + 3)], '#ffb9a0', a)
    for base, amp, seed, top, foot in ((140, 26, 11, '#a0658f', '#dd8f92'), (158, 18, 23, '#6d4a82', '#b26b87'), (176, 11, 8, '#45376f', '#6f4a7a')):
        hills(c, 640, base, amp, seed, top, foot, SHORE + 2)
    for i in range(64):
        x = -30 + i * 11 + r.uniform(-5, 5); away = abs(x - 330) / 330
        pine(c, x, SHORE + 2, (8 + 34 * away ** 1.7) * r.uniform(.75, 1.2), mix('#3b2f63', '#221f4a', away))
    down(c, 172, SHORE, [(0, '#ffb68a', 0), (1, '#ffb68a', .28)])  # haze on the shore
    return s

def mirrored(c, s, x, axis, y1, t, amp, squash, a):
    """Paints s upside down below the axis, in strips that sway: that is all water is."""
    top = s.get_height()
    for i in range(int((y1 - axis) / 2)):
        d = i * 2
        sway = amp * (.25 + d / 60) * wave1(t, 2, -6 * math.log(d + 9)) + amp * .4 * wave1(t, 1, d / 13)
        c.save(); c.set_antialias(cairo.ANTIALIAS_NONE); c.rectangle(0, axis + d, 640, 2); c.clip()
        c.translate(x + sway, axis); c.scale(1, -squash); c.translate(0, -top)
        c.set_source_surface(s); c.paint_with_alpha(a * (1 - d / (y1 - axis) * .45)); c.restore()

def boat(c, t):
    """An origami boat; the origin is the middle of its waterline."""
    blob(c, [(-50, -16), (0, -22), (50, -16), (0, 0)], '#7d4f5d')                       # inside, far wall
    c.move_to(-31, -8); c.line_to(0, -66); c.line_to(0, -2); c.close_path()
    c.set_source(sheer('line', (-30, 0, 4, -40), [(0, '#e9b9a3'), (1, '#fbe3c8')])); c.fill()
    c.move_to(0, -66); c.line_to(31, -8); c.line_to(0, -2); c.close_path()
    c.set_source(sheer('line', (0, -30, 34, -20), [(0, '#ffdca0'), (1, '#ffb765')])); c.fill()  # lit by the lantern
    c.move_to(-72, -32); c.line_to(0, -7); c.line_to(0, 11); c.line_to(-40, 11); c.close_path()
    c.set_source(sheer('line', (-60, -20, 0, 6), [(0, '#c9a3b4'), (1, '#f1d5c6')])); c.fill()
    c.move_to(72, -32); c.line_to(0, -7); c.line_to(0, 11); c.line_to(40, 11); c.close_path()
    c.set_source(sheer('line', (0, 0, 66, -16), [(0, '#f8d2ad'), (1, '#ffc482')])); c.fill()
    line(c, [(0, -7), (0, 11)], '#b98a86', .8, .6)
    swing = 2.2 * wave1(t, 2, .2)
    x, y = 72 + swing, -46
    glow(c, x, y, 80, '#ffa040', .75); glow(c, x, y, 26, '#ffd890', .6)
    line(c, [(45, -16), (50, -44), (60, -60), (72, -62)], '#4b2d3f', 1.8); line(c, [(72, -62), (x, y - 9)], '#4b2d3f', 1)
    box(c, x - 8, y - 9, 16, 18, 6); c.set_source(sheer('round', (x, y + 2, 1, x, y, 12), [(0, '#fffbe0'), (.5, '#ffdf90'), (1, '#ff9f45')])); c.fill()
    for d in (-9, 9):
        line(c, [(x - 4, y + d), (x + 4, y + d)], '#7a3b35', 2)

def text(c, t):
    sway = 5 * wave1(t)                                                                  # the camera breathes
    c.set_source_surface(dusk(), -30 - sway * .4, 0); c.paint()
    down(c, SHORE, 360, [(0, '#f5a98a'), (.18, '#b9698c'), (.5, '#4f3d7c'), (1, '#181c49')], (0, SHORE, 640, 170))
    mirrored(c, dusk(), -30 - sway * .4, SHORE, 360, t, 2.0, .9, .72)
    down(c, SHORE, 360, [(0, '#20204f', 0), (1, '#12163c', .75)], (0, SHORE, 640, 170))
    glow(c, 452, SHORE + 124, 60, '#ffe2b8', .3, .8)
    r = random.Random(2)
    for _ in range(40):                                                                  # the moon's path
        d = r.uniform(2, 160); x = 452 + r.gauss(0, 5 + d * .14)
        oval(c, x + 3 * wave1(t, 1, r.random()), SHORE + d, 3 + d * .09, .5 + d * .007, '#ffeccb', .5 * max(0, .4 + .6 * wave1(t, 2, r.random())))
    for _ in range(44):                                                                  # ripples come, run astern and go: the boat drifts
        d, x0, late = r.uniform(.05, 1) ** 1.3, r.uniform(-20, 700), r.random()
        k = (t + late) % 1
        oval(c, x0 - 90 * d * k, SHORE + 6 + d * 158, (10 + 34 * d) * (.6 + .4 * k), .5 + 1.0 * d, '#f3b9b0', .26 * math.sin(math.pi * k))
    bx, by, s = 262 + 16 * wave1(t, 1, .25), 276 + 2.2 * wave1(t, 2), 1.12
    tilt = .035 * wave1(t, 1, .1)
    glow(c, bx + 72, by + 16, 190, '#ff9a48', .42, .32)
    img, d = canvas(400, 182); d.translate(200, 170); d.scale(s, s); d.rotate(tilt); boat(d, t)
    mirrored(c, img, bx - 200, by - 2, 360, t, 2.6, .8, .6)
    for i in range(13):                                                                  # lantern light, broken by the ripples
        w = (16 - i * .5) * (.7 + .3 * wave1(t, 2, i * .37))
        oval(c, bx + 80 + 5 * wave1(t, 1 + i % 2, i * .21), by + 15 + i * 5.4, w, 1.5, '#ffc36b', .62 - i * .042)
    for i in range(4):                                                                   # rings that widen and fade
        k = (t * 2 + i / 4) % 1 if i % 2 else (t + i / 4) % 1
        c.save(); c.translate(bx, by + 9); c.scale(1, .17); c.arc(0, 0, 62 + 110 * k, 0, TAU); c.restore()
        ink(c, '#ffd9b0', .32 * (1 - k) * min(1, k * 5)); c.set_line_width(1.3); c.stroke()
    c.set_source_surface(img, bx - 200, by - 170); c.paint()
    oval(c, bx, by + 11, 50, 2.2, '#33204a', .5)
    def reeds(d):
        q = random.Random(9)
        for i in range(26):
            side = i % 2; x = q.uniform(-10, 105) if side else q.uniform(560, 655)
            h, lean = q.uniform(60, 150) * (1 - abs(x - (0 if side else 640)) / 150), q.uniform(-16, 16) + 5 * wave1(t, 1, q.random())
            line(d, [(x, 372), (x + lean * .3, 372 - h * .6), (x + lean, 366 - h)], '#0e1130', 2.6)
            if i % 4 < 2 and h > 45:
                oval(d, x + lean, 362 - h, 3.2, 10, '#1a1231', 1, lean * .012)
    blurred(c, 640, 360, 1.6, 1.6, reeds)
    for i in range(7):                                                                   # fireflies by the reeds
        x, y = (60 + 31 * i) % 130 + (0 if i % 2 else 500), 235 + 17 * i % 75
        glow(c, x + 7 * wave1(t, 1, i * .3), y + 5 * wave1(t, 2, i * .23), 7, '#ffe08a', .8 * max(0, wave1(t, 1, i * .19)))

# ---- image: a fox looks up ---------------------------------------------------------------------------------

@lru_cache(None)
def winter():
    s, c = canvas(640, 360)
    down(c, 0, 250, [(0, '#8ea9d2'), (.5, '#c3cfe8'), (.85, '#f8dccd'), (1, '#ffe6cf')])
    glow(c, 470, 190, 300, '#ffc890', .5, .8, False); oval(c, 470, 172, 24, 24, '#fff4e2', .95)
    r = random.Random(31)
    for depth, (col, foot, n) in enumerate((('#b9c6e2', '#e3dfea', 26), ('#93a5cd', '#cfd2e6', 17), ('#6c80b0', '#b3bddb', 9))):
        for i in range(n):
            x = (i + r.uniform(.1, .9)) * 640 / n
            if depth == 2 and 190 < x < 520:                                             # a clearing for the fox and the sun
                continue
            if i % 3 == 0:
                w = 3 + depth * 4
                c.move_to(x - w / 2, 270); c.line_to(x - w * .3, -5); c.line_to(x + w * .3, -5); c.line_to(x + w / 2, 270)
                down(c, 0, 250, [(0, col), (1, foot)])
            else:
                pine(c, x, 232 + depth * 12, r.uniform(75, 115) + depth * 46, mix(col, foot, .12), mix('#ffffff', col, .3 - depth * .1))
        down(c, 120, 250, [(0, '#ffe9dc', 0), (1, '#ffeee4', .5 - depth * .12)], (0, 120, 640, 160))  # mist between the rows
    hills(c, 640, 240, 7, 5, '#fdf3f0', '#d8def0', 360)
    hills(c, 640, 268, 9, 14, '#f6f4fb', '#b7c5e6', 360)
    for x, y, w in ((96, 300, 100), (560, 312, 120)):
        blob(c, [(x - w, y + 14), (x - w * .4, y - 6), (x, y - 12), (x + w * .5, y - 4), (x + w, y + 14)], '#eef1fb')
    hills(c, 640, 318, 6, 21, '#eef1fb', '#9fb2de', 360)
    glow(c, 440, 290, 190, '#ffd9b4', .28, .2, False)
    for i, (x, y) in enumerate(((430, 345), (446, 338), (470, 333), (488, 327), (514, 324), (533, 318))):
        oval(c, x, y, 5.5 - i * .4, 2.2, '#9caed8', .75)                                 # where it came from
    return s

def fox(c, up, t, blink):
    fur, deep, white, dark = '#e2763a', '#b9532c', '#fff3e6', '#3a2630'
    oval(c, -40, 3, 104, 9, '#7d90c4', .5)
    q = 5 * wave1(t, 1) * (.4 + .6 * up)
    tail = [(-34, -3), (-72, 0), (-112, -12), (-137 + q * .3, -44), (-136 + q, -80), (-124 + q, -98), (-104 + q, -78), (-94 + q * .4, -54), (-66, -36), (-36, -34)]
    curve(c, tail); c.set_source(sheer('line', (-130, -90, -60, 0), [(0, '#f09550'), (.5, fur), (1, deep)])); c.fill()
    c.save(); curve(c, tail); c.clip()
    blob(c, [(-160, -66), (-128 + q, -68), (-118 + q, -60), (-106 + q, -74), (-88, -66), (-90, -130), (-160, -130)], white); c.restore()
    body = [(-50, 0), (-64, -26), (-58, -62), (-36, -98), (-16, -124), (10, -132), (28, -108), (33, -76), (30, -40), (30, 0)]
    for x, k in ((21, .75), (10, 1)):                                                     # forelegs, the far one first
        curve(c, [(x - 9, -66), (x + 11, -66), (x + 9, -30), (x + 8, -3), (x - 4, -3), (x - 6, -30)])
        down(c, -62, -26, [(0, mix(deep, fur, k)), (.5, mix(deep, fur, k)), (1, mix('#24161f', dark, k))]); oval(c, x + 5, -3, 11, 4.5, mix('#24161f', dark, k))
    curve(c, body[:8] + [(27, -46), (14, -34), (-2, -16), (-8, 0)]); c.set_source(sheer('line', (-60, 0, 30, -100), [(0, deep), (.5, fur), (1, '#f2985a')])); c.fill()
    poly(c, [(-4, -130), (26, -120), (32, -100), (35, -78), (30, -58), (26, -62), (23, -44), (17, -57), (12, -50), (10, -70), (4, -68), (4, -90), (-4, -92)], white)
    curve(c, [(-54, -2), (-62, -30), (-44, -56), (-18, -52), (-4, -26), (-10, -2)]); c.set_source(sheer('round', (-24, -44, 4, -30, -26, 44), [(0, '#ee8a4a'), (1, fur)])); c.fill()
    oval(c, -14, -3, 19, 5.5, dark)
    line(c, [(-57, -64), (-36, -99), (-18, -122)], '#ffc48c', 2.2, .6)                    # rim of low sun
    c.save(); c.translate(2, -124); c.rotate(-.06 - .5 * up); c.scale(1.04, 1.04)
    ear = 3 * up
    poly(c, [(-14, -34), (-13 - ear, -78), (8, -46)], deep)
    blob(c, [(-22, -12), (-17, -36), (4, -49), (26, -42), (42, -26), (60, -15), (70, -9), (66, 0), (44, 6), (22, 14), (2, 18), (-16, 8)], fur)
    c.set_source(sheer('round', (34, -30, 4, 20, -20, 56), [(0, '#f3a066', .8), (1, fur, 0)])); blob_at = [(-20, -12), (-16, -35), (4, -47), (26, -41), (42, -26), (60, -15), (44, 0), (2, 14)]; curve(c, blob_at); c.fill()
    curve(c, [(70, -7), (52, -9), (38, -9), (26, -13), (12, -8), (-2, 2), (-14, 4)], False)
    for p in ((-20, 11), (-11, 12), (-14, 21), (-3, 18), (-1, 27), (10, 20), (26, 15), (46, 6), (64, 1)):
        c.line_to(*p)
    c.close_path(); ink(c, white); c.fill()
    c.move_to(0, -40); c.curve_to(0, -62, 6 - ear, -78, 9 - ear, -86); c.curve_to(20, -72, 26, -56, 28, -40); c.close_path(); ink(c, fur); c.fill()
    poly(c, [(7, -46), (10 - ear, -76), (21, -46)], dark, .85)
    line(c, [(29, -41), (44, -26), (62, -15)], '#ffc48c', 1.8, .7)
    oval(c, 69, -9, 5.2, 4.4, '#2a1a22'); oval(c, 68, -10.5, 1.6, 1.1, '#ffffff', .5)
    line(c, [(66, -2), (56, 2), (44, 1)], '#a8705a', 1.2, .7)
    if blink > .5:
        line(c, [(28, -22), (34, -19.5), (41, -21)], dark, 2.2)
    else:
        oval(c, 35, -23, 5, 5.6, dark); oval(c, 36.8, -25.2 - up, 1.8, 1.9, '#ffffff')
    c.restore()

def image(c, t):
    up = ease(t, .1, .3) - ease(t, .82, .99)
    fall = ease(t, .16, .4) - ease(t, .86, 1.0)
    z = 1 + .025 * up                                                                    # a slight push in
    c.translate(300, 250); c.scale(z, z); c.translate(-300, -250 + 4 * up)
    c.set_source_surface(winter()); c.paint()
    def snow(n, seed, size, speed, a):
        r = random.Random(seed)
        for _ in range(n):
            x0, y0, late = r.random(), r.random(), r.random()
            y = (y0 + t * speed) % 1 * 400 - 20
            show = max(0, min(1, fall * 2 - late))
            oval(c, x0 * 680 - 20 + 9 * wave1(t, 1, late) + (y * .08), y, size, size, '#ffffff', a * show)
    snow(70, 1, 1.3, 1, .75)
    c.save(); c.translate(312, 318); c.scale(1.16, 1.16); fox(c, up, t, 1 if .555 < t < .6 else 0); c.restore()
    snow(34, 2, 2.3, 1, .9)
    def bough(d):
        line(d, [(-20, 20), (80, 34), (170, 20), (235, 34)], '#39446c', 9)
        line(d, [(90, 33), (140, 58), (190, 66)], '#39446c', 5)
        blob(d, [(-20, 10), (40, 14), (90, 20), (150, 8), (215, 20), (150, 22), (80, 34), (20, 27), (-20, 20)], '#f7f8ff')
        blob(d, [(100, 33), (150, 50), (186, 58), (150, 58)], '#f7f8ff')
        line(d, [(660, 90), (590, 70), (540, 78)], '#39446c', 7); blob(d, [(660, 80), (600, 60), (545, 70), (600, 72), (660, 92)], '#f7f8ff')
    blurred(c, 640, 360, 3, 3, bough)
    snow(9, 3, 4.2, 2, .5)

# ---- frames: one street, noon to neon night ----------------------------------------------------------------

HOUSES = [(z0, z1, h, lw, rw) for z0, z1, h, lw, rw in (
    (21, 34, 9, '#b9a9a0', '#c4b7a2'), (15, 21, 7.2, '#d9a37f', '#8fa7ab'), (11, 15, 9.4, '#8fa896', '#d8b48a'),
    (8, 11, 6.6, '#e3c79b', '#b5705c'), (5.6, 8, 8.6, '#c77f62', '#e2c9a4'), (2.2, 5.6, 7.4, '#7f9bb0', '#98a583'))]
NEON = ('#ff4f9a', '#35e0ff', '#ffc14a', '#7dff9b', '#b48bff', '#ff6b57')

def at(x, y, z):
    return 320 + 330 * x / z, 186 - 330 * (y - 1.5) / z

def street(c, n, up=1):
    """The two rows of houses at night-ness n, far to near; up = -1 gives what the wet road mirrors."""
    quad = lambda pts, col, a=1.0: poly(c, [at(x, y * up, z) for x, y, z in pts], col, a)
    haze = ramp([(0, '#dcecf5'), (.45, '#ffb98c'), (1, '#3a2f6e')], n)
    def tone(col, shade, z):
        day, dark = mix('#1d2038', col, shade), mix(mix(col, '#1a1d4a', .74), '#0c0f2a', .35)
        lit = ramp([(0, day), (.45, mix(day, '#e0714f', .38)), (1, dark)], n)
        return mix(lit, haze, min(.8, (z - 2) / 42))
    r = random.Random(77)
    for z0, z1, h, *walls in HOUSES:
        for x, wall, sun in ((-4, walls[0], .98), (4, walls[1], .74)):
            s = math.copysign(1, x); seg = (z1 - z0)
            quad([(x, 0, z0), (x + 9 * s, 0, z0), (x + 9 * s, h, z0), (x, h, z0)], tone(wall, sun * .72, z0))
            quad([(x, 0, z0), (x, h, z0), (x, h, z1), (x, 0, z1)], tone(wall, sun, (z0 + z1) / 2))
            quad([(x - .18 * s, h, z0), (x - .18 * s, h + .3, z0), (x - .18 * s, h + .3, z1), (x - .18 * s, h, z1)], tone('#f4ead6', sun, z0))
            rows, cols = int((h - 3.6) / 1.7) + 1, max(2, int(seg / 1.4))
            for i in range(rows):
                for j in range(cols):
                    a, y = z0 + (j + .25) * seg / cols, 3.7 + i * 1.7; b = a + seg / cols * .5
                    on = ease(n, *(lambda k: (k, k + .12))(.3 + .5 * r.random())) * (r.random() < .62)
                    quad([(x, y - .1, a - .1), (x, y + 1.12, a - .1), (x, y + 1.12, b + .1), (x, y - .1, b + .1)], tone('#f2e6d2', sun, a))
                    quad([(x, y, a), (x, y + 1, a), (x, y + 1, b), (x, y, b)], mix(tone('#5f7f98', sun, a), mix('#ffcf7a', haze, a / 60), on))
            lamp = ease(n, .35, .6); bulb = ('#ffd894', '#ffb46e', '#ff9fb0', '#a9dfe0')[r.choice((0, 0, 1, 1, 2, 3))]
            glass = mix(tone('#46606e', sun, z0), mix(bulb, haze, z0 / 60), lamp * .86)
            quad([(x, .35, z0 + .3), (x, 2.4, z0 + .3), (x, 2.4, z1 - .3), (x, .35, z1 - .3)], glass)
            for j in range(1, 4):
                z = z0 + j * seg / 4
                shelf = 1.1 + .5 * r.random()                                            # always asked for, or the luck of the rest would change
                if lamp: quad([(x, .35, z - seg / 9), (x, shelf, z - seg / 9), (x, .9, z + seg / 12), (x, .35, z + seg / 12)], tone('#6b3f3a', sun, z), .5 * lamp)
                quad([(x, .3, z - .06), (x, 2.4, z - .06), (x, 2.4, z + .06), (x, .3, z + .06)], tone('#3d3a44', sun, z))
            cloth = ('#c94f4a', '#2f8f88', '#d9963c', '#4d6fb0')[r.randrange(4)]
            for j in range(8):                                                           # a striped awning
                a, b = z0 + .2 + j * (seg - .4) / 8, z0 + .2 + (j + 1) * (seg - .4) / 8
                quad([(x, 2.95, a), (x - 1 * s, 2.4, a), (x - 1 * s, 2.4, b), (x, 2.95, b)], tone(cloth if j % 2 else '#f6efe0', sun * .8, a))
                quad([(x - 1 * s, 2.42, a), (x - 1 * s, 2.08, a), (x - 1 * s, 2.08, b), (x - 1 * s, 2.42, b)], tone(cloth if j % 2 else '#f6efe0', min(1, sun + .1), a))
            z, y, tube = z0 + seg * .35, 3.3 + .5 * r.random(), NEON[r.randrange(6)]; kind = r.randrange(4)
            on = ease(n, .45 + .25 * r.random(), .8)
            quad([(x - .12 * s, y, z), (x - 1.05 * s, y, z), (x - 1.05 * s, y + 1.9, z), (x - .12 * s, y + 1.9, z)], mix(tone(mix(tube, '#f3e8d8', .45), .92, z), '#17132f', on))
            px, py = at(x - .58 * s, (y + .95) * up, z); k = 330 / z; light = mix('#fffaf0', mix(tube, '#ffffff', .25), on)
            if on:
                glow(c, px, py, 1.9 * k, tube, .62 * on)
            c.save(); c.translate(px, py); c.scale(k, k * up); c.set_line_width(.085); c.set_line_cap(cairo.LINE_CAP_ROUND); ink(c, light)
            box(c, -.38, -.86, .76, 1.72, .1); c.stroke()
            if kind == 0:                                                                # a bowl that steams
                c.arc(0, .1, .25, 0, math.pi); c.close_path(); c.stroke()
                for d in (-.12, .04): c.move_to(d, -.08); c.curve_to(d + .12, -.2, d - .04, -.3, d + .08, -.46); c.stroke()
            elif kind == 1:
                for d in (-.4, 0, .4): c.arc(0, d, .14, 0, TAU); c.stroke()
            elif kind == 2:
                for d in (-.42, -.14, .14, .42): c.move_to(-.2, d); c.line_to(0, d - .12); c.line_to(.2, d); c.stroke()
            else:                                                                        # a fish
                c.move_to(-.22, -.3); c.curve_to(.3, -.1, .3, .25, -.05, .4); c.curve_to(-.3, .2, -.2, -.1, .22, -.35); c.stroke()
            c.restore()

def frames(c, t):
    n = ease(t, .1, .74)                                                                 # holds at noon and at night
    down(c, 0, 200, [(p, ramp([(0, a), (.45, b), (1, d)], n)) for p, a, b, d in ((0, '#4f9fdd', '#4a5596', '#0b0e2c'), (.6, '#a6d6f0', '#e58a76', '#2a2160'), (1, '#eaf6f6', '#ffcf93', '#69407f'))])
    for x, y, w in ((170, 40, 60), (330, 66, 84), (470, 30, 70), (300, 20, 44)):          # clouds hurry, as hours do
        x = (x + 330 * n) % 760 - 60; col = ramp([(0, '#ffffff'), (.45, '#ffb199'), (1, '#3b3468')], n)
        blob(c, [(x - w, y + 8), (x - w * .5, y - 6), (x - w * .1, y - 14), (x + w * .4, y - 7), (x + w, y + 8), (x, y + 11)], col, .75)
    glow(c, 320, 172, 200, ramp([(0, '#fff2cf'), (.45, '#ff9a55'), (1, '#b04fa0')], n), .4 - .1 * n, .8)
    for i, (x, w, h) in enumerate(((262, 16, 40), (280, 14, 62), (296, 20, 34), (318, 12, 84), (332, 18, 48), (352, 15, 66), (368, 18, 38))):
        down(c, 178 - h, 186, [(0, ramp([(0, '#a9c3d4'), (.45, '#b27a86'), (1, '#352a66')], n)), (1, ramp([(0, '#d9e8ec'), (.45, '#ffc08f'), (1, '#6a407e')], n))], (x - w / 2, 178 - h, w, h + 24))
    down(c, 150, 204, [(0, ramp([(0, '#d9e8ec'), (.45, '#ffc08f'), (1, '#6a407e')], n), 0), (.8, ramp([(0, '#cfdfe4'), (.45, '#f0a884'), (1, '#5a3a74')], n))], (240, 150, 160, 54))
    street(c, n)
    road = [(320 - 412 * 1.6, 366), at(-4, 0, 34), at(4, 0, 34), (320 + 412 * 1.6, 366)]
    for p in road: c.line_to(*p)
    c.close_path(); down(c, 196, 360, [(0, ramp([(0, '#d3d3cf'), (.45, '#d0937f'), (1, '#4a3a70')], n)), (1, ramp([(0, '#9a9aa0'), (.45, '#6b5468'), (1, '#10132e')], n))])
    wet = ease(n, .5, .9)
    for s in (-1, 1):                                                                    # pavements, then the marks between
        poly(c, [at(4 * s, 0, 34), at(2.5 * s, 0, 34), at(2.5 * s, 0, 2), at(4 * s, 0, 2)], ramp([(0, '#e4ddd0'), (.45, '#b98c80'), (1, '#2a2850')], n))
        poly(c, [at(2.5 * s, 0, 34), at(2.42 * s, 0, 34), at(2.42 * s, 0, 2), at(2.5 * s, 0, 2)], ramp([(0, '#f7f3ea'), (.45, '#dcb09a'), (1, '#4b4680')], n))
    if n < .5:                                                                           # noon shade at the foot of the right row
        poly(c, [at(4, 0, 34), at(1.5, 0, 34), at(1.5, 0, 2), at(4, 0, 2)], '#2a3558', .26 * (1 - n * 2))
    for i in range(7):
        a = 2.6 + i * 2.6; poly(c, [at(-.09, 0, a), at(.09, 0, a), at(.09, 0, a + 1.1), at(-.09, 0, a + 1.1)], ramp([(0, '#fbf6e8'), (.45, '#e0b49c'), (1, '#565089')], n), .9 - .4 * wet)
    if wet:                                                                              # the road mirrors, smeared downwards
        c.save()
        for p in road: c.line_to(*p)
        c.close_path(); c.clip(); blurred(c, 640, 372, 3, 14, lambda d: street(d, n, -1), .5 * wet)
        glow(c, 320, 200, 190, '#d070c0', .35 * wet, .9); c.restore()
    for z, s in ((12, 1), (12, -1), (7.4, 1), (7.4, -1)):                                # lanterns on wires across
        x, y = at(1.3 * s, 4.3 - .3, z); k = 330 / z
        if s > 0: line(c, [at(-4, 5, z), at(-1.3, 4.45, z), at(1.3, 4.45, z), at(4, 5, z)], ramp([(0, '#5b5560'), (1, '#1b1838')], n), max(.7, .02 * k))
        on = ease(n, .4, .6); glow(c, x, y, 1.5 * k, '#ff7a3a', .5 * on)
        oval(c, x, y, .3 * k, .34 * k, mix('#d8493f', '#ff9a52', on)); oval(c, x, y, .13 * k, .34 * k, mix('#e5655a', '#ffd28a', on))
        for d in (-.33, .33): line(c, [(x - .1 * k, y + d * k), (x + .1 * k, y + d * k)], '#4a2a2c', .06 * k)
    for i in range(8):                                                                   # pots with small trees
        z, sd = 15.5 - i * 1.65, 1 if i % 2 else -1; (x, y), k = at(3.3 * sd, 0, z), 330 / z; leaf = ramp([(0, '#6fa36a' if sd < 0 else '#55875f'), (.45, '#7a7a52'), (1, '#1d2c4a')], n)
        poly(c, [(x - .2 * k, y - .4 * k), (x + .2 * k, y - .4 * k), (x + .15 * k, y), (x - .15 * k, y)], ramp([(0, '#b5654a'), (1, '#2a1d38')], n))
        for dx, dy, q in ((-.14, .62, .24), (.15, .7, .25), (0, .95, .26)): oval(c, x + dx * k, y - dy * k, q * k, q * k, mix(leaf, '#ffffff', .1 * dy * (1 - n)))
    z = 6.4 + 1.2 * t; k = 330 / z; x, y = at(-.75, 0, z); step = math.sin(TAU * 5 * t); dark = ramp([(0, '#3d4657'), (1, '#15142e')], n)
    c.save(); c.translate(x, y); c.scale(k, k)                                           # someone walks home under a parasol
    oval(c, .2 * (1 - n), 0, .5, .06, '#20243c', .4 - .2 * wet)
    for d in (step, -step): line(c, [(0, -.8), (.05 * d, -.4), (.1 * d, -.03 - .05 * max(0, d))], dark, .15)
    blob(c, [(-.24, -.62), (-.22, -1.1), (-.15, -1.38), (.15, -1.38), (.22, -1.1), (.24, -.62)], ramp([(0, '#e9c46a'), (.45, '#c98d4f'), (1, '#b98a55')], n)); oval(c, 0, -1.52, .13, .15, ramp([(0, '#4a3328'), (1, '#1a1424')], n))
    line(c, [(.14, -1.1), (.14, -2)], dark, .035)
    red = ramp([(0, '#e0524f'), (.45, '#d04a50'), (1, '#e0446f')], n)
    for w, col in ((.85, red), (.5, mix(red, '#ffffff', .16)), (.18, red)):
        c.move_to(.12 - w, -1.6); c.curve_to(.12 - w * .9, -2.05, .12 - w * .3, -2.2, .12, -2.2); c.curve_to(.12 + w * .3, -2.2, .12 + w * .9, -2.05, .12 + w, -1.6)
        c.curve_to(.12 + w * .5, -1.72, .12 - w * .5, -1.72, .12 - w, -1.6); ink(c, col); c.fill()
    c.restore()
    rain = ease(n, .55, .95)
    if rain:
        r = random.Random(12)
        for _ in range(60):
            near, x0, y0 = r.random(), r.random() * 700, r.random()
            y = (y0 + t * (6 + 3 * near)) % 1 * 440 - 50
            line(c, [(x0 - y * .07, y), (x0 - y * .07 - 1.6, y + 12 + 16 * near)], '#cfd8ff', .6 + .5 * near, (.16 + .2 * near) * rain)
        for _ in range(16):
            z, x0, k = 3 + 6 * r.random(), r.uniform(-3, 3), (r.random() + t * 4) % 1; x, y = at(x0, 0, z)
            c.save(); c.translate(x, y); c.scale(1, .3); c.arc(0, 0, 2 + 60 / z * k, 0, TAU); c.restore(); ink(c, '#d8dcff', .4 * (1 - k) * rain); c.set_line_width(.8); c.stroke()
    c.set_source(sheer('round', (320, 190, 180, 320, 190, 420), [(0, '#000000', 0), (1, '#0a0820', .16 + .3 * n)])); c.paint()
