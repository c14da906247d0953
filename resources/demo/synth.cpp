// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "synth.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <random>

namespace demosynth
{

namespace
{

constexpr double twoPi = 2.0 * std::numbers::pi;

double hertz(double pitch)
{
    return 440.0 * std::pow(2.0, (pitch - 69.0) / 12.0);
}

std::size_t sampleAt(double seconds)
{
    return static_cast<std::size_t>(std::max(0.0, seconds) * sampleRate);
}

/// Rises over `attack`, stays, falls over `release` after `length`; raised cosines, so that nothing clicks.
double envelope(double t, double length, double attack, double release)
{
    const auto curve = [](double x) {
        return 0.5 - 0.5 * std::cos(std::numbers::pi * std::clamp(x, 0.0, 1.0));
    };
    return curve(t / attack) * curve((length + release - t) / release);
}

/// Calls `wave(t)` for every sample of a note and its release.
template<class Wave>
void render(Sound &sound, const Note &note, double attack, double release, Wave wave)
{
    const std::size_t first = sampleAt(note.start);
    const std::size_t count = sampleAt(note.length + release);
    for (std::size_t i = 0; i < count; ++i) {
        const double t = static_cast<double>(i) / sampleRate;
        const double value = wave(t) * envelope(t, note.length, attack, release) * note.loudness;
        sound.add(first + i, static_cast<float>(value), note.pan);
    }
}

/// A fixed seed: the same tracks every time.
float noise()
{
    static std::minstd_rand engine(20'240'229);
    static std::uniform_real_distribution<float> distribution(-1.0F, 1.0F);
    return distribution(engine);
}

} // namespace

Sound::Sound(double length)
    : left(sampleAt(length))
    , right(sampleAt(length))
{
}

void Sound::add(std::size_t at, float sample, double pan)
{
    if (at >= left.size())
        return;
    const double angle = (pan + 1.0) * std::numbers::pi / 4.0;
    left[at] += sample * static_cast<float>(std::cos(angle));
    right[at] += sample * static_cast<float>(std::sin(angle));
}

void addElectricPiano(Sound &sound, const Note &note)
{
    const double f = hertz(note.pitch);
    render(sound, note, 0.004, 0.35, [f](double t) {
        const double body = std::sin(twoPi * f * t + 1.4 * std::exp(-3.5 * t) * std::sin(twoPi * f * t));
        const double tine = 0.25 * std::exp(-9.0 * t) * std::sin(twoPi * f * 7.0 * t);
        const double tremolo = 1.0 + 0.12 * std::sin(twoPi * 4.6 * t);
        return (body + tine) * std::exp(-1.1 * t) * tremolo;
    });
}

void addPad(Sound &sound, const Note &note)
{
    const double f = hertz(note.pitch);
    for (const double detune : {-0.0018, 0.0, 0.0021}) {
        Note voice = note;
        voice.loudness /= 3.0;
        voice.pan = std::clamp(note.pan + detune * 300.0, -1.0, 1.0);
        render(sound, voice, 0.5, 0.9, [f = f * (1.0 + detune)](double t) {
            double sum = 0.0;
            for (int k = 1; k <= 6; ++k)
                sum += std::sin(twoPi * f * k * t + 0.3 * k) / (k * k);
            return sum;
        });
    }
}

void addPluck(Sound &sound, const Note &note)
{
    // A string: a burst of noise that goes round a delay line and loses its edge each time.
    const std::size_t length = static_cast<std::size_t>(sampleRate / hertz(note.pitch));
    std::vector<float> string(std::max<std::size_t>(2, length));
    float last = 0.0F;
    for (float &value : string) {
        last = 0.55F * last + 0.45F * noise();
        value = last;
    }
    std::size_t at = 0;
    render(sound, note, 0.002, 0.25, [&](double) {
        const std::size_t next = (at + 1) % string.size();
        const float value = string[at];
        string[at] = 0.4985F * (string[at] + string[next]);
        at = next;
        return 2.2 * static_cast<double>(value);
    });
}

void addBell(Sound &sound, const Note &note)
{
    const double f = hertz(note.pitch);
    constexpr std::array partials{1.0, 2.0, 2.76, 4.07, 5.4};
    render(sound, note, 0.003, 0.8, [&](double t) {
        double sum = 0.0;
        for (std::size_t k = 0; k < partials.size(); ++k)
            sum += std::sin(twoPi * f * partials[k] * t) *
                   std::exp(-(1.2 + 1.6 * static_cast<double>(k)) * t) / (1.0 + static_cast<double>(k));
        return sum;
    });
}

void addBass(Sound &sound, const Note &note)
{
    const double f = hertz(note.pitch);
    render(sound, note, 0.012, 0.08, [f](double t) {
        const double w = twoPi * f * t;
        return (std::sin(w) + 0.35 * std::sin(2.0 * w) + 0.12 * std::sin(3.0 * w)) * std::exp(-0.9 * t);
    });
}

void addKick(Sound &sound, double start, double loudness)
{
    double phase = 0.0;
    render(sound, {start, 0.16, 0.0, loudness, 0.0}, 0.002, 0.1, [phase](double t) mutable {
        phase += twoPi * (48.0 + 95.0 * std::exp(-32.0 * t)) / sampleRate;
        return std::sin(phase) * std::exp(-9.0 * t);
    });
}

void addHat(Sound &sound, double start, double loudness, double pan)
{
    float before = 0.0F;
    render(sound, {start, 0.03, 0.0, loudness, pan}, 0.001, 0.05, [before](double t) mutable {
        const float value = noise();
        const double high = static_cast<double>(value - before);
        before = value;
        return high * std::exp(-55.0 * t);
    });
}

void addBrush(Sound &sound, double start, double loudness)
{
    double low = 0.0;
    render(sound, {start, 0.09, 0.0, loudness, 0.15}, 0.012, 0.12, [low](double t) mutable {
        low += 0.35 * (static_cast<double>(noise()) - low);
        return low * std::exp(-14.0 * t);
    });
}

void addEcho(Sound &sound, double delay, double feedback, double amount)
{
    const std::size_t distance = sampleAt(delay);
    std::vector<float> echoLeft(sound.left.size());
    std::vector<float> echoRight(sound.right.size());
    for (std::size_t i = distance; i < sound.left.size(); ++i) {
        const float input = 0.5F * (sound.left[i - distance] + sound.right[i - distance]);
        echoLeft[i] = input + static_cast<float>(feedback) * echoRight[i - distance];
        echoRight[i] = static_cast<float>(feedback) * echoLeft[i - distance];
    }
    for (std::size_t i = 0; i < sound.left.size(); ++i) {
        sound.left[i] += static_cast<float>(amount) * echoLeft[i];
        sound.right[i] += static_cast<float>(amount) * echoRight[i];
    }
}

void addReverb(Sound &sound, double amount)
{
    // Four combs with a soft top end per side, of lengths that share no factor.
    const auto reverberate = [amount](std::vector<float> &side, const std::array<std::size_t, 4> &lengths) {
        std::vector<float> wet(side.size());
        for (const std::size_t length : lengths) {
            std::vector<float> line(length);
            float damped = 0.0F;
            for (std::size_t i = 0; i < side.size(); ++i) {
                float &cell = line[i % length];
                const float out = cell;
                damped = 0.6F * out + 0.4F * damped;
                cell = side[i] + 0.78F * damped;
                wet[i] += 0.25F * out;
            }
        }
        for (std::size_t i = 0; i < side.size(); ++i)
            side[i] += static_cast<float>(amount) * wet[i];
    };
    reverberate(sound.left, {1557, 1617, 1831, 2017});
    reverberate(sound.right, {1583, 1663, 1787, 2053});
}

void master(Sound &sound, double fadeIn, double fadeOut, double targetRmsDb)
{
    const std::size_t count = sound.left.size();
    double power = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        const double t = static_cast<double>(i) / sampleRate;
        const auto fade = static_cast<float>(envelope(t, sound.seconds() - fadeOut, fadeIn, fadeOut));
        sound.left[i] *= fade;
        sound.right[i] *= fade;
        power += static_cast<double>(sound.left[i]) * static_cast<double>(sound.left[i]);
        power += static_cast<double>(sound.right[i]) * static_cast<double>(sound.right[i]);
    }
    const double rms = std::sqrt(power / (2.0 * static_cast<double>(count)));
    const auto gain = static_cast<float>(std::pow(10.0, targetRmsDb / 20.0) / rms);
    constexpr float knee = 0.6F;
    constexpr float ceiling = 0.84F;
    const auto rounded = [](float x) {
        const float size = std::abs(x);
        if (size <= knee)
            return x;
        return std::copysign(knee + (ceiling - knee) * std::tanh((size - knee) / (ceiling - knee)), x);
    };
    for (std::size_t i = 0; i < count; ++i) {
        sound.left[i] = rounded(sound.left[i] * gain);
        sound.right[i] = rounded(sound.right[i] * gain);
    }
}

} // namespace demosynth
