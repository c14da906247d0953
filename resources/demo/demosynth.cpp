// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Plays and encodes the four demo tracks: demosynth FOLDER. The results are kept beside this file; build
// the target "demosynth" only to change them.
#include "mp3writer.h"
#include "synth.h"

#include <array>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

namespace
{

using namespace demosynth;

using Chord = std::vector<double>;

/// An evening by the water: electric piano, walking bass, brushes. 4/4 at 92.
Sound harbourLights()
{
    constexpr double beat = 60.0 / 92.0;
    const std::vector<Chord> chords{{60, 64, 67, 71}, {57, 64, 67, 72}, {62, 65, 69, 72},
                                    {55, 65, 69, 71}, {60, 64, 67, 71}, {60, 64, 67, 74}};
    const std::vector<std::array<double, 4>> walk{{36, 40, 43, 45}, {45, 43, 40, 41}, {38, 41, 45, 44},
                                                  {43, 41, 38, 35}, {36, 40, 43, 47}, {36, 36, 36, 36}};
    const std::vector<Note> melody{{2, 1, 79, .30, .3},    {3, .5, 76, .26, .3}, {4, 1.5, 72, .30, .3},
                                   {6, 1, 76, .28, .3},    {8, 1, 77, .30, .3},  {9, .5, 76, .26, .3},
                                   {9.5, 1.5, 74, .3, .3}, {12, 1, 74, .3, .3},  {13.5, .5, 71, .26, .3},
                                   {14, 1, 74, .3, .3},    {16, 3, 76, .32, .3}, {20, 3, 79, .26, .3}};
    Sound sound(24.0 * beat + 0.6);
    for (std::size_t bar = 0; bar < chords.size(); ++bar) {
        const double start = static_cast<double>(bar) * 4.0 * beat;
        const bool last = bar + 1 == chords.size();
        for (std::size_t voice = 0; voice < chords[bar].size(); ++voice) {
            const double spread = 0.012 * static_cast<double>(voice);
            addElectricPiano(sound,
                             {start + spread, (last ? 3.6 : 1.4) * beat, chords[bar][voice], .24, -.25});
            if (!last)
                addElectricPiano(sound, {start + 2.5 * beat + spread, beat, chords[bar][voice], .17, -.25});
        }
        for (std::size_t i = 0; i < 4 && !(last && i > 0); ++i) {
            const double at = start + static_cast<double>(i) * beat;
            addBass(sound, {at, (last ? 3.0 : 0.85) * beat, walk[bar][i], .42, 0});
            addHat(sound, at + 0.66 * beat, .035, .4);
            if (i % 2 == 1)
                addBrush(sound, at, .30);
        }
    }
    for (Note note : melody) {
        note.start *= beat;
        note.length *= beat;
        addElectricPiano(sound, note);
    }
    addEcho(sound, 0.75 * beat, 0.35, 0.16);
    addReverb(sound, 0.18);
    return sound;
}

/// A garden at dusk: plucked strings in three, a pentatonic tune over slow fifths. 3/4 at 104.
Sound paperLanterns()
{
    constexpr double beat = 60.0 / 104.0;
    const std::vector<double> roots{50, 50, 55, 50, 47, 52, 57, 50, 50};
    const std::vector<double> tune{74, 76, 78, 81, 0,  78, 83, 81, 78, 76, 0,  74, 71, 74,
                                   76, 78, 76, 71, 73, 76, 81, 78, 76, 73, 74, 0,  0};
    Sound sound(27.0 * beat + 0.7);
    for (std::size_t bar = 0; bar < roots.size(); ++bar) {
        const double start = static_cast<double>(bar) * 3.0 * beat;
        const bool last = bar + 1 == roots.size();
        addBass(sound, {start, 2.6 * beat, roots[bar] - 12, .34, 0});
        const std::array<double, 6> figure{0, 7, 12, 16, 12, 7};
        for (std::size_t i = 0; i < (last ? 1 : figure.size()); ++i) {
            const bool minor = roots[bar] == 47 || roots[bar] == 52;
            const double third = minor && figure[i] == 16 ? -1.0 : 0.0;
            addPluck(sound, {start + static_cast<double>(i) * 0.5 * beat, 1.8 * beat,
                             roots[bar] + figure[i] + third, .34, -.35});
        }
        addPad(sound, {start, 3.0 * beat, roots[bar] + 12, .16, .1});
        addPad(sound, {start, 3.0 * beat, roots[bar] + 19, .11, -.1});
    }
    for (std::size_t i = 0; i < tune.size(); ++i) {
        if (tune[i] > 0)
            addPluck(sound, {static_cast<double>(i) * beat, 1.9 * beat, tune[i], .5, .3});
    }
    addEcho(sound, 1.5 * beat, 0.3, 0.22);
    addReverb(sound, 0.28);
    return sound;
}

/// The last ride home: a patient arpeggio over four to the floor. 4/4 at 112.
Sound nightTram()
{
    constexpr double beat = 60.0 / 112.0;
    const std::vector<Chord> chords{{57, 60, 64, 69}, {57, 60, 64, 69}, {53, 57, 60, 65}, {60, 64, 67, 72},
                                    {55, 59, 62, 67}, {57, 60, 64, 69}, {57, 60, 64, 71}};
    Sound sound(28.0 * beat + 0.6);
    for (std::size_t bar = 0; bar < chords.size(); ++bar) {
        const double start = static_cast<double>(bar) * 4.0 * beat;
        const bool last = bar + 1 == chords.size();
        for (std::size_t i = 0; i < (last ? 1U : 16U); ++i) {
            constexpr std::array<std::size_t, 8> order{0, 1, 2, 3, 2, 3, 1, 2};
            const double at = start + static_cast<double>(i) * 0.25 * beat;
            const double octave = i % 8 < 4 ? 0.0 : 12.0;
            const double swell = 0.20 + 0.02 * static_cast<double>(i % 4 == 0 ? 3 : 0);
            addElectricPiano(
                sound, {at, 0.3 * beat, chords[bar][order[i % 8]] + octave, swell, i % 2 == 0 ? -.45 : .45});
        }
        for (const double pitch : chords[bar])
            addPad(sound, {start, 4.0 * beat, pitch, .13, 0});
        for (int i = 0; i < (last ? 1 : 4); ++i) {
            const double at = start + i * beat;
            if (bar > 0)
                addKick(sound, at, .5);
            addHat(sound, at + 0.5 * beat, .05, .25);
            addBass(sound, {at + 0.5 * beat, 0.4 * beat, chords[bar][0] - 24, .4, 0});
            if (bar > 1 && i % 2 == 1)
                addBrush(sound, at, .32);
        }
    }
    addEcho(sound, 0.75 * beat, 0.42, 0.25);
    addReverb(sound, 0.16);
    return sound;
}

/// Morning, nothing moves: slow chords and a few bells. 4/4 at 76.
Sound firstSnow()
{
    constexpr double beat = 60.0 / 76.0;
    const std::vector<Chord> chords{{53, 60, 64, 69}, {52, 59, 64, 67}, {50, 57, 60, 65}, {48, 55, 60, 64}};
    const std::vector<Note> bells{{0.5, 1, 84, .24, -.5}, {1.5, 1, 88, .2, .5},  {2, 1, 91, .2, 0},
                                  {4, 1, 86, .24, .4},    {5.5, 1, 83, .2, -.4}, {6.5, 1, 79, .2, .2},
                                  {8, 1, 81, .24, -.3},   {9, 1, 84, .2, .5},    {10, 1, 88, .18, -.5},
                                  {11, .5, 86, .18, .1},  {12, 2, 84, .26, 0},   {13.5, 2, 91, .16, .5}};
    Sound sound(16.0 * beat + 1.8);
    for (std::size_t bar = 0; bar < chords.size(); ++bar) {
        const double start = static_cast<double>(bar) * 4.0 * beat;
        for (std::size_t voice = 0; voice < chords[bar].size(); ++voice)
            addPad(sound, {start, 4.0 * beat, chords[bar][voice], .26, voice % 2 == 0 ? -.3 : .3});
        addBass(sound, {start, 3.5 * beat, chords[bar][0] - 12, .3, 0});
        addPluck(sound, {start + 2 * beat, 1.5 * beat, chords[bar][2], .3, .2});
        addPluck(sound, {start + 3 * beat, 1.5 * beat, chords[bar][3], .26, -.2});
    }
    for (Note note : bells) {
        note.start *= beat;
        note.length *= beat;
        addBell(sound, note);
    }
    addEcho(sound, 1.0 * beat, 0.4, 0.24);
    addReverb(sound, 0.34);
    return sound;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::fputs("Usage: demosynth FOLDER\n", stderr);
        return 2;
    }
    struct Track {
        const char *file;
        const char *title;
        Sound (*play)();
        double rmsDb; ///< chosen so that the track measures -16 LUFS
    };
    const std::array tracks{
        Track{"harbour-lights.mp3", "Harbour Lights", harbourLights, -17.5},
        Track{"paper-lanterns.mp3", "Paper Lanterns", paperLanterns, -17.5},
        Track{"night-tram.mp3", "Night Tram", nightTram, -16.9},
        Track{"first-snow.mp3", "First Snow", firstSnow, -18.1},
    };
    int number = 0;
    for (const Track &track : tracks) {
        try {
            Sound sound = track.play();
            master(sound, 0.02, 0.9, track.rmsDb);
            writeMp3(std::string(argv[1]) + '/' + track.file, sound,
                     {track.title, "Cycast Ensemble", "Demo Tape", std::to_string(++number)}, 112);
        } catch (const std::exception &error) {
            std::fprintf(stderr, "%s: %s\n", track.file, error.what());
            return 1;
        }
    }
    return 0;
}
