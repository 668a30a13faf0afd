#!/bin/sh
# Draws the pictures the simulator's videos are made of: one closed group of pictures per pixel size, as a raw H.264
# stream without B-frames (so that any number of frames can be cut off the end), and a few frames of a quiet chord.
# Run it in this folder with ffmpeg (5.1 or later, with libx264) on the path; the results are committed.
set -eu
cd "$(dirname "$0")"

fps=16
seconds=2
sizes="832x480 480x832 624x624
1280x720 720x1280 960x960 1088x832 832x1088 1104x832 832x1104
1920x1080 1080x1920 1440x1440 1632x1248 1248x1632 1648x1248 1248x1648"

# The phase runs once round in the length of the clip, so the last frame leads into the first again.
phase="2*PI*T/$seconds"
# Dusk: a sky, a moon that drifts on a flat ellipse, two waves of hills. Each is a mask from 0 to 1 whose edge is two
# pixels wide: soft edges cost fewer bits than stairs.
moon="clip((0.11*min(W,H)-hypot(X-W*(0.5+0.16*sin($phase)),Y-H*(0.34+0.05*cos($phase))))/2+0.5,0,1)"
far="clip((Y-H*(0.70+0.035*sin(2*PI*X/W+$phase)))/2+0.5,0,1)"
near="clip((Y-H*(0.84+0.03*sin(4*PI*X/W-$phase)))/2+0.5,0,1)"
mix() { # sky, moon, far hill, near hill for one channel
  printf 'st(0,%s)*0+st(1,%s)*0+st(2,%s)*0+' "$moon" "$far" "$near"
  printf '(((%s)*(1-ld(0))+(%s)*ld(0))*(1-ld(1))+(%s)*ld(1))*(1-ld(2))+(%s)*ld(2)' "$1" "$2" "$3" "$4"
}
red=$(mix "40+110*Y/H" 255 38 20)
green=$(mix "52+70*Y/H" 232 48 26)
blue=$(mix "104+10*Y/H" 190 84 52)

for size in $sizes; do
  width=${size%x*}
  height=${size#*x}
  # The large sizes are coarser, so that the program does not grow by their sake.
  if [ $((width * height)) -gt 1500000 ]; then quality=44; else quality=41; fi
  ffmpeg -nostdin -loglevel error -y \
    -f lavfi -i "nullsrc=size=$((width / 4))x$((height / 4)):rate=$fps:duration=$seconds" \
    -vf "format=gbrp,geq=r='$red':g='$green':b='$blue',scale=$width:$height:flags=bicubic,format=yuv420p" \
    -c:v libx264 -preset medium -crf "$quality" -threads 1 \
    -x264-params "bframes=0:keyint=infinite:scenecut=0:slices=1:aud=0:aq-mode=3" \
    -bsf:v filter_units=remove_types=6 -f h264 "$size.h264"
done

# Three multiples of 48000/1024 Hz, a major triad: every AAC frame holds whole waves, so any frame may follow any other.
# The first frames, where the encoder is still settling, are cut away below by the reader (`clip.rs`).
ffmpeg -nostdin -loglevel error -y -f lavfi \
  -i "aevalsrc=0.05*(sin(2*PI*187.5*t)+sin(2*PI*234.375*t)+sin(2*PI*281.25*t)):sample_rate=48000:duration=0.6" \
  -c:a aac -b:a 48k -ac 1 -f adts chord.aac

ls -l ./*.h264 chord.aac
