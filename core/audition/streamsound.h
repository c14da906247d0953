// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audition/ear.h"

#include <condition_variable>
#include <deque>
#include <mutex>

namespace cycast
{

/// A stream as sound to be played: listens through the network as any player does, as one listener more in
/// every figure, and holds about a second of what it decodes for the sound device. What is not taken holds
/// the reading back, never the station. Goes on by itself, at what is on the air then, when the stream breaks
/// off.
///
/// take() and the others may be called from any thread.
class StreamSound : public Ear
{
    Q_OBJECT

public:
    struct Format {
        int sampleRate = 0;
        int channels = 0;
        bool operator==(const Format &) const = default;
    };

    explicit StreamSound(QObject *parent = nullptr);
    ~StreamSound() override;

    /// Of what take() gives next; zeroes until something has been heard. The stream may change it.
    Format format() const;
    /// What is held, in milliseconds.
    int heldMs() const;
    /// Up to `count` samples (of all channels together), 16 bits each; fewer when there are no more. Never
    /// waits.
    qsizetype take(qint16 *samples, qsizetype count);
    /// Forgets what is held: the next sound is a new one.
    void drop();

protected:
    void soundDecoded(const SoundBlock &block) override;

private:
    qsizetype roomFor(const SoundBlock &block) const;

    mutable std::mutex m_soundMutex;
    std::condition_variable m_taken;
    Format m_format;
    std::deque<qint16> m_held;
};

} // namespace cycast
