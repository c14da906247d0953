// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/chaos/chaosstation.h"

#include <QRandomGenerator>

#include <functional>
#include <memory>
#include <vector>

namespace cycast::test
{

/// Something that is done to the station for a while. Made: it begins. Deleted: it is undone.
class Mischief
{
public:
    virtual ~Mischief() = default;
    /// Whether the station has nothing left that could play, as long as this lasts.
    virtual bool takesAllMusic() const { return false; }
    virtual void tick() {} ///< some fifty times a second
};

/// One kind of it.
struct MischiefKind {
    const char *name = nullptr;
    int weight = 1;       ///< how often, among the others
    bool isDaily = false; ///< happens at every station, every day: the soak does nothing else
    bool isDisk = false;  ///< only one of these at a time
    double longest = 8.0; ///< seconds
    std::function<std::unique_ptr<Mischief>(ChaosStation &station, QRandomGenerator &random)> begin;
};

const std::vector<MischiefKind> &mischiefKinds();

/// Reads the stream and throws it away until it is killed: the other process of "stopped readers".
int readForEver(int port);

} // namespace cycast::test
