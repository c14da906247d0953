// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/presets.h"

#include <cmath>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

using Section = Preset::Section;

Preset preset(Section section, const QString &id, const char *name, const char *purpose)
{
    Preset made;
    made.section = section;
    made.id = id;
    made.name = name;
    made.purpose = purpose;
    return made;
}

Preset full(Preset made, int sizeMb, int chunkSize, double high, double medium, double low, int maxListeners)
{
    made.sizeMb = sizeMb;
    made.chunkSize = chunkSize;
    made.sleepHigh = high;
    made.sleepMedium = medium;
    made.sleepLow = low;
    made.maxListeners = maxListeners;
    return made;
}

Preset sleepOnly(Preset made, double high, double medium, double low)
{
    made.sleepHigh = high;
    made.sleepMedium = medium;
    made.sleepLow = low;
    return made;
}

QList<Preset> makePresets()
{
    return {
        full(
            preset(Section::ByScenario, u"scenario-low-power"_s,
                   QT_TRANSLATE_NOOP("Presets", "Raspberry Pi or Low-Power Device"),
                   QT_TRANSLATE_NOOP(
                       "Presets", "For small computers: fewer, larger steps that leave the processor room.")),
            50, 32768, 0.001, 0.005, 0.01, 0),
        full(preset(
                 Section::ByScenario, u"scenario-many-listeners"_s,
                 QT_TRANSLATE_NOOP("Presets", "Many Concurrent Listeners (100+)"),
                 QT_TRANSLATE_NOOP("Presets", "For a crowd: large chunks, short pauses and a limit of 200.")),
             30, 32768, 0.0001, 0.0005, 0.001, 200),
        full(preset(Section::ByScenario, u"scenario-live-dj"_s,
                    QT_TRANSLATE_NOOP("Presets", "Live DJ Streaming (Low Latency)"),
                    QT_TRANSLATE_NOOP("Presets",
                                      "For live sets: small steps, so that listeners are close behind you.")),
             5, 4096, 0.0001, 0.0005, 0.001, 0),
        full(preset(Section::ByScenario, u"scenario-playlist-only"_s,
                    QT_TRANSLATE_NOOP("Presets", "Playlist-Only Station (Maximum Stability)"),
                    QT_TRANSLATE_NOOP(
                        "Presets", "For music without live shows: the largest buffer and the fewest steps.")),
             100, 65536, 0.001, 0.005, 0.01, 0),
        full(preset(Section::Recommended, u"home-server"_s,
                    QT_TRANSLATE_NOOP("Presets", "Home Server (Default)"),
                    QT_TRANSLATE_NOOP("Presets",
                                      "For most homes: a good middle between delay, memory and CPU.")),
             20, 16384, 0.0005, 0.001, 0.002, 0),
        full(preset(Section::Recommended, u"raspberry-pi"_s, QT_TRANSLATE_NOOP("Presets", "Raspberry Pi"),
                    QT_TRANSLATE_NOOP("Presets", "For a Raspberry Pi: a large buffer and large chunks.")),
             50, 32768, 0.0005, 0.001, 0.01, 0),
        full(preset(
                 Section::Recommended, u"production"_s,
                 QT_TRANSLATE_NOOP("Presets", "Production Server (100+ listeners)"),
                 QT_TRANSLATE_NOOP("Presets", "For a public station: room for 500 listeners and not more.")),
             30, 32768, 0.0005, 0.001, 0.001, 500),
        full(preset(Section::Recommended, u"low-latency-dj"_s,
                    QT_TRANSLATE_NOOP("Presets", "Low-Latency DJ Mode"),
                    QT_TRANSLATE_NOOP("Presets", "For live shows: what you say is heard soonest.")),
             5, 4096, 0.0005, 0.001, 0.0005, 0),
        sleepOnly(
            preset(Section::SleepOnly, u"smoother-playback"_s,
                   QT_TRANSLATE_NOOP("Presets", "Smoother playback (more CPU)"),
                   QT_TRANSLATE_NOOP(
                       "Presets", "Shorter pauses between two rounds of sending; the rest stays as it is.")),
            0.0001, 0.0005, 0.001),
        sleepOnly(
            preset(Section::SleepOnly, u"lower-cpu"_s,
                   QT_TRANSLATE_NOOP("Presets", "Lower CPU usage (potential skips)"),
                   QT_TRANSLATE_NOOP(
                       "Presets", "Longer pauses between two rounds of sending; the rest stays as it is.")),
            0.001, 0.005, 0.01),
    };
}

/// A dialog in milliseconds may give 0.00010000000000000002 s.
bool same(double a, double b)
{
    return std::abs(a - b) < 1e-9;
}

} // namespace

const QList<Preset> &presets()
{
    static const QList<Preset> list = makePresets();
    return list;
}

Settings withPreset(Settings settings, const Preset &preset)
{
    auto &broadcaster = settings.broadcaster;
    settings.buffer.sizeMb = preset.sizeMb.value_or(settings.buffer.sizeMb);
    broadcaster.chunkSize = preset.chunkSize.value_or(broadcaster.chunkSize);
    broadcaster.sleepHigh = preset.sleepHigh.value_or(broadcaster.sleepHigh);
    broadcaster.sleepMedium = preset.sleepMedium.value_or(broadcaster.sleepMedium);
    broadcaster.sleepLow = preset.sleepLow.value_or(broadcaster.sleepLow);
    settings.advanced.maxListeners = preset.maxListeners.value_or(settings.advanced.maxListeners);
    return settings;
}

const Preset *presetInForce(const Settings &settings)
{
    const auto &now = settings.broadcaster;
    for (const Preset &each : presets()) {
        if (each.section == Section::SleepOnly)
            continue;
        const Settings wanted = withPreset(settings, each);
        const auto &then = wanted.broadcaster;
        if (wanted.buffer == settings.buffer && then.chunkSize == now.chunkSize &&
            wanted.advanced.maxListeners == settings.advanced.maxListeners &&
            same(then.sleepHigh, now.sleepHigh) && same(then.sleepMedium, now.sleepMedium) &&
            same(then.sleepLow, now.sleepLow))
            return &each;
    }
    return nullptr;
}

} // namespace cycast
