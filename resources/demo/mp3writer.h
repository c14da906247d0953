// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "synth.h"

#include <string>

namespace demosynth
{

struct Tags {
    std::string title;
    std::string artist;
    std::string album;
    std::string track;
};

/// MP3 by LAME with ID3v2 tags; throws std::runtime_error with a sentence.
void writeMp3(const std::string &path, const Sound &sound, const Tags &tags, int kbps);

} // namespace demosynth
