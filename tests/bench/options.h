// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdlib>
#include <map>
#include <string>

namespace bench
{

/// "--name value" pairs. The bench programs are started by tests/bench/run, which knows what they take.
class Options
{
public:
    Options(int argc, char **argv)
    {
        for (int i = 1; i + 1 < argc; i += 2)
            m_values[argv[i]] = argv[i + 1];
    }
    double number(const std::string &name, double fallback = 0.0) const
    {
        const auto it = m_values.find("--" + name);
        return it == m_values.end() ? fallback : std::atof(it->second.c_str());
    }
    int integer(const std::string &name, int fallback = 0) const
    {
        return static_cast<int>(number(name, fallback));
    }
    std::string text(const std::string &name, const std::string &fallback = {}) const
    {
        const auto it = m_values.find("--" + name);
        return it == m_values.end() ? fallback : it->second;
    }

private:
    std::map<std::string, std::string> m_values;
};

} // namespace bench
