// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

/// A few simple instruments that add themselves to a stereo buffer. Times in seconds, pitches as MIDI
/// numbers (69 is A at 440 Hz), loudness 0 to 1, pan -1 (left) to 1.
namespace demosynth
{

inline constexpr int sampleRate = 44'100;

struct Sound {
    std::vector<float> left;
    std::vector<float> right;

    explicit Sound(double seconds);
    double seconds() const { return static_cast<double>(left.size()) / sampleRate; }
    void add(std::size_t at, float sample, double pan);
};

struct Note {
    double start = 0.0;
    double length = 1.0;
    double pitch = 60.0;
    double loudness = 0.5;
    double pan = 0.0;
};

void addElectricPiano(Sound &sound, const Note &note);
void addPad(Sound &sound, const Note &note);
void addPluck(Sound &sound, const Note &note);
void addBell(Sound &sound, const Note &note);
void addBass(Sound &sound, const Note &note);
void addKick(Sound &sound, double start, double loudness);
void addHat(Sound &sound, double start, double loudness, double pan);
void addBrush(Sound &sound, double start, double loudness);

/// Echoes that wander from side to side.
void addEcho(Sound &sound, double delay, double feedback, double amount);
void addReverb(Sound &sound, double amount);
/// Fades both ends, brings the programme to `targetRmsDb` (dBFS) and rounds the peaks off below -1 dBFS.
void master(Sound &sound, double fadeIn, double fadeOut, double targetRmsDb);

} // namespace demosynth
