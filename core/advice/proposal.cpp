// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/advice/proposal.h"

#include "core/config/forecast.h"

#include <algorithm>
#include <array>

namespace cycast
{

namespace
{

// The guide's own values: steps people find again in the presets.
constexpr std::array sizesMb{5, 10, 20, 30, 50, 100, 200, 500, 1000};
constexpr std::array chunks{4096, 8192, 16384, 32768, 65536};

struct Pauses {
    double high, medium, low;
};
constexpr std::array pauses{Pauses{0.0001, 0.0005, 0.001}, Pauses{0.0005, 0.001, 0.002},
                            Pauses{0.001, 0.005, 0.01}};

template<class Ladder>
int above(const Ladder &ladder, int value)
{
    const auto next = std::upper_bound(ladder.begin(), ladder.end(), value);
    return next == ladder.end() ? value : *next;
}

template<class Ladder>
int below(const Ladder &ladder, int value)
{
    const auto next = std::lower_bound(ladder.begin(), ladder.end(), value);
    return next == ladder.begin() ? value : *std::prev(next);
}

/// The next longer (shorter) set of pauses. None of them goes the wrong way.
void lengthenPauses(Settings &settings)
{
    auto &now = settings.broadcaster;
    for (const Pauses &step : pauses) {
        if (step.low <= now.sleepLow)
            continue;
        now.sleepHigh = std::max(now.sleepHigh, step.high);
        now.sleepMedium = std::max(now.sleepMedium, step.medium);
        now.sleepLow = step.low;
        return;
    }
}

void shortenPauses(Settings &settings)
{
    auto &now = settings.broadcaster;
    for (auto step = pauses.rbegin(); step != pauses.rend(); ++step) {
        if (step->low >= now.sleepLow)
            continue;
        now.sleepHigh = std::min(now.sleepHigh, step->high);
        now.sleepMedium = std::min(now.sleepMedium, step->medium);
        now.sleepLow = step->low;
        return;
    }
}

/// A larger buffer, unless the computer would run short of memory.
void enlargeBuffer(Settings &settings, const Measured &measured)
{
    const int larger = above(sizesMb, settings.buffer.sizeMb);
    const double growth = larger - settings.buffer.sizeMb;
    if (measured.machineMemoryMb <= 0.0 || growth < measured.machineFreeMb / 2.0)
        settings.buffer.sizeMb = larger;
}

Load loadOf(const Measured &measured)
{
    return {measured.listeners, measured.bitrateKbps > 0 ? measured.bitrateKbps : 128, measured.isLive};
}

Settings againstCpu(const Settings &settings, const Measured &measured)
{
    const double before = sendingCpuPercent(settings, loadOf(measured));
    Settings changed = settings;
    lengthenPauses(changed);
    changed.broadcaster.chunkSize = above(chunks, changed.broadcaster.chunkSize);
    // Advice that changes nothing is worse than none.
    return sendingCpuPercent(changed, loadOf(measured)) < before * 0.95 ? changed : settings;
}

Settings againstSkips(Settings settings, const Measured &measured)
{
    enlargeBuffer(settings, measured);
    shortenPauses(settings);
    return settings;
}

Settings againstLag(Settings settings)
{
    settings.broadcaster.chunkSize = above(chunks, settings.broadcaster.chunkSize);
    shortenPauses(settings);
    return settings;
}

Settings againstLatency(Settings settings)
{
    while (forecast(settings).liveLatencyMs > limits::wantedLatencyMs) {
        const Settings last = settings;
        auto &buffer = settings.buffer;
        int &chunk = settings.broadcaster.chunkSize;
        const int cushion = liveCushionMs(settings);
        if (cushion > 0 && (cushion >= chunkDeadlineMs(chunk) || chunk <= chunks.front())) {
            // A cushion of one's own does not follow the buffer; below 20 MB there is no other.
            if (buffer.liveCushionMs >= 0)
                buffer.liveCushionMs = cushion <= 100 ? 0 : cushion / 2;
            else
                buffer.sizeMb = below(sizesMb, buffer.sizeMb);
        } else {
            chunk = below(chunks, chunk);
        }
        if (settings == last)
            break;
    }
    return settings;
}

Settings againstMemory(Settings settings)
{
    settings.buffer.sizeMb = below(sizesMb, settings.buffer.sizeMb);
    return settings;
}

struct Words {
    const char *title = nullptr;
    const char *why = nullptr;
    const char *whyNothing = nullptr; ///< in place of `why` when there is nothing left to change
};

Words wordsOf(Symptom symptom)
{
    switch (symptom) {
    case Symptom::CpuHigh:
        return {QT_TRANSLATE_NOOP("Adviser", "The processor is very busy"),
                QT_TRANSLATE_NOOP("Adviser",
                                  "Larger chunks and longer pauses send the same audio in fewer steps. "
                                  "(Smaller chunks, as some advise, would cost more.) The price is "
                                  "delay of live shows."),
                QT_TRANSLATE_NOOP("Adviser",
                                  "The settings send in as few steps as they can already. Close other "
                                  "programs, or limit the number of listeners.")};
    case Symptom::Skipping:
        return {QT_TRANSLATE_NOOP("Adviser", "Listeners are skipping"),
                QT_TRANSLATE_NOOP("Adviser",
                                  "A larger buffer lets a slow listener fall further behind before it "
                                  "has to jump, and shorter pauses serve it sooner. The price is memory "
                                  "and a little CPU."),
                QT_TRANSLATE_NOOP("Adviser",
                                  "The settings give listeners all the room there is. Their lines are "
                                  "too slow for this bitrate.")};
    case Symptom::RunningLow:
        return {QT_TRANSLATE_NOOP("Adviser", "The buffer is running low"),
                QT_TRANSLATE_NOOP("Adviser",
                                  "A larger buffer holds more in reserve while the disk or the live "
                                  "source stalls; above 20 MB it gives live shows a cushion too. The "
                                  "price is memory, and delay of live shows."),
                QT_TRANSLATE_NOOP("Adviser",
                                  "The buffer cannot grow further here. Look at the disk with the music, "
                                  "or at the line of the live source.")};
    case Symptom::ManyLag:
        return {QT_TRANSLATE_NOOP("Adviser", "Many listeners lag at once"),
                QT_TRANSLATE_NOOP("Adviser",
                                  "Larger chunks catch up with fewer sends, and shorter pauses begin "
                                  "sooner. The price is delay of live shows."),
                QT_TRANSLATE_NOOP("Adviser",
                                  "The settings serve listeners as fast as they can. When many lag "
                                  "together, your line to the internet is usually full: fewer listeners "
                                  "or a lower bitrate help.")};
    case Symptom::LargeCrowd:
        return {QT_TRANSLATE_NOOP("Adviser", "So many listen that sending is spread out"), "",
                QT_TRANSLATE_NOOP("Adviser",
                                  "Sending took more than half of a processor, so the sound gathers a little "
                                  "longer before it goes out, a second at the most. Nobody misses anything, "
                                  "and it ends by itself when the crowd goes. A faster computer, or a relay, "
                                  "gives room for more.")};
    case Symptom::LatencyHigh:
        return {QT_TRANSLATE_NOOP("Adviser", "The delay is long for a live show"),
                QT_TRANSLATE_NOOP("Adviser",
                                  "A smaller cushion and smaller chunks bring listeners closer to you. "
                                  "The price is CPU, and less patience with a source that stalls."),
                QT_TRANSLATE_NOOP("Adviser", "The settings have the least delay already; what is left is the "
                                             "buffer of each player.")};
    case Symptom::MemoryHigh:
        return {QT_TRANSLATE_NOOP("Adviser", "Memory is short"),
                QT_TRANSLATE_NOOP("Adviser",
                                  "A smaller buffer gives memory back. The price is that listeners can pause "
                                  "for less long before they jump."),
                QT_TRANSLATE_NOOP("Adviser",
                                  "The buffer is as small as it is useful already. Close other programs.")};
    }
    return {};
}

Settings against(Symptom symptom, const Measured &measured, const Settings &settings)
{
    switch (symptom) {
    case Symptom::CpuHigh:
        return againstCpu(settings, measured);
    case Symptom::Skipping:
    case Symptom::RunningLow:
        return againstSkips(settings, measured);
    case Symptom::ManyLag:
        return againstLag(settings);
    case Symptom::LargeCrowd:
        break;
    case Symptom::LatencyHigh:
        return againstLatency(settings);
    case Symptom::MemoryHigh:
        return againstMemory(settings);
    }
    return settings;
}

Proposal answer(Symptom symptom, const Measured &measured, const Settings &settings)
{
    const Settings after = against(symptom, measured, settings);
    const Words words = wordsOf(symptom);
    Proposal proposal;
    proposal.symptom = symptom;
    proposal.title = words.title;
    proposal.changed = changedKeys(settings, after);
    proposal.why = proposal.changed.isEmpty() ? words.whyNothing : words.why;
    proposal.before = settings;
    proposal.after = after;
    proposal.now = predict(measured, settings, settings);
    proposal.then = predict(measured, settings, after);
    return proposal;
}

} // namespace

bool shows(Symptom symptom, const Measured &measured)
{
    if (!measured.isOnAir)
        return false;
    switch (symptom) {
    case Symptom::CpuHigh:
        return measured.cpuSeconds >= 0.9 * Measurements::cpuWindowMs / 1000.0 &&
               measured.cpuPercent > thresholds::cpuWarningPercent;
    case Symptom::Skipping:
        return measured.skips >= limits::skips;
    case Symptom::RunningLow:
        return measured.runningLowSeconds >= limits::lowSeconds;
    case Symptom::ManyLag:
        return measured.laggingSeconds >= limits::lagSeconds;
    case Symptom::LargeCrowd:
        return measured.gatheringSeconds >= limits::crowdSeconds;
    case Symptom::LatencyHigh:
        return measured.liveSeconds >= limits::liveSeconds && measured.latencyMs > thresholds::slowMs &&
               measured.gatheringSeconds <= 0.0; // which no setting of the delay would change
    case Symptom::MemoryHigh:
        return measured.machineMemoryMb > 0.0 &&
               measured.memoryMb > limits::worthShare * measured.machineMemoryMb &&
               (measured.machineFreeMb < limits::freeShare * measured.machineMemoryMb ||
                measured.memoryMb > limits::ownShare * measured.machineMemoryMb);
    }
    return false;
}

std::optional<Proposal> propose(const Measured &measured, const Settings &settings)
{
    // A processor at its limit explains skips and laggards, and shorter pauses would make it worse.
    for (const Symptom symptom : {Symptom::CpuHigh, Symptom::Skipping, Symptom::RunningLow, Symptom::ManyLag,
                                  Symptom::LargeCrowd, Symptom::LatencyHigh, Symptom::MemoryHigh}) {
        if (shows(symptom, measured))
            return answer(symptom, measured, settings);
    }
    return std::nullopt;
}

Prediction predict(const Measured &measured, const Settings &before, const Settings &after)
{
    const Load load = loadOf(measured);
    const Forecast expected = forecast(after, load.bitrateKbps);
    Prediction result;
    result.latencyMs = expected.liveLatencyMs;
    result.bufferSeconds = expected.bufferSeconds;
    // A ring that has not been filled yet has nothing to give back.
    const double change = after.buffer.sizeMb - before.buffer.sizeMb;
    result.memoryMb = std::max(measured.memoryMb + change, std::min(measured.memoryMb, expected.memoryMb));
    // Only sending scales with the settings; whatever else the process does stays as measured.
    const double sendingNow = sendingCpuPercent(before, load);
    const double sendingThen = sendingCpuPercent(after, load);
    result.cpuPercent = sendingNow <= measured.cpuPercent
                            ? measured.cpuPercent - sendingNow + sendingThen
                            : measured.cpuPercent * sendingThen / std::max(sendingNow, 1e-9);
    return result;
}

} // namespace cycast
