// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/audioframe.h"
#include "core/codec/stationformat.h"

#include <memory>
#include <optional>

struct AVCodecContext;
struct AVCodecParameters;

namespace cycast
{

/// What FFmpeg has to be told of one codec that the station sends, and how its coded packets become frames of
/// the stream, each of which can be the first one that a listener gets: an object of each codec, for one
/// stream of packets. The helper's side of StreamKind, which knows nothing of FFmpeg. In the helper program
/// only.
class CodedPackets
{
public:
    static std::unique_ptr<CodedPackets> of(const StationFormat &format);

    virtual ~CodedPackets() = default;
    Q_DISABLE_COPY_MOVE(CodedPackets)

    // Of an encoder.
    virtual const char *encoderName() const = 0;
    /// Before it is opened: its samples' format, and what it must not do.
    virtual void prepare(AVCodecContext &encoder) const = 0;

    // Of a file whose packets are taken as they are.
    /// They fit into the stream as far as its headers say. `hasHeaders`: the packets come with headers of
    /// their own.
    virtual bool fits(const AVCodecParameters &file, bool hasHeaders);
    /// So many of the first packets are looked at by isPlain() before one is taken.
    virtual int packetsTried() const { return 0; }
    virtual bool isPlain(QByteArrayView) const { return true; }

    /// How long a packet plays; nothing: it is damaged, or of another format.
    virtual std::optional<Flicks> durationOf(QByteArrayView packet) const = 0;
    /// One for which durationOf() had an answer. Louder or softer by so many of mpegGainStepDb, where that
    /// can be done; what cannot be read stays as it is.
    virtual void add(QByteArrayView packet, int gainSteps, FrameBatch &out) = 0;
    /// Gives what add() held back.
    virtual void finish(FrameBatch &) {}

protected:
    CodedPackets() = default;
};

} // namespace cycast
