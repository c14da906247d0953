// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/theme.h"
#include "ui/settings/settingeditor.h"
#include "ui/settings/settingtexts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>

#include <algorithm>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace cycast::settingeditors
{

namespace
{

/// Whole or fractional; "0.5" and "1" rather than "0.500" and "1.000".
class NumberBox : public QDoubleSpinBox
{
public:
    using QDoubleSpinBox::QDoubleSpinBox;

    QString textFromValue(double value) const override
    {
        QLocale plain = locale();
        plain.setNumberOptions(QLocale::OmitGroupSeparator);
        return plain.toString(value, 'f', QLocale::FloatingPointShortest);
    }
};

class NumberEditor : public SettingEditor
{
public:
    NumberEditor(const SettingField &field, QWidget *parent)
        : SettingEditor(parent)
        , m_box(new NumberBox(this))
        , m_isWhole(field.type == QMetaType::Int)
        , m_factor(settingtexts::shownFactor(field))
    {
        const bool automatic = settingtexts::hasAutomatic(field);
        m_box->setDecimals(m_isWhole ? 0 : 3);
        // Wider than what is allowed: a wrong number is answered with a sentence.
        const double least = automatic ? 0.0 : field.minimum * m_factor;
        const double most = field.maximum * m_factor;
        const double beyond = 9.0 + 9.0 * std::max(std::abs(least), std::abs(most));
        m_box->setRange(least < 0.0 ? least - beyond : 0.0, std::min(most + beyond, 2e9));
        m_box->setSingleStep(step(field));
        m_box->setButtonSymbols(QAbstractSpinBox::NoButtons);
        m_box->setAlignment(Qt::AlignLeft);
        m_box->setFixedWidth(fontMetrics().averageCharWidth() * 17);
        setInput(m_box, settingtexts::label(field));
        auto *layout = new QHBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(10);
        layout->addWidget(m_box);
        if (const QString unit = settingtexts::unit(field); !unit.isEmpty()) {
            auto *label = new QLabel(unit, this);
            theme::setTone(label, Tone::Neutral);
            layout->addWidget(label);
        }
        if (automatic) {
            m_automatic = new QCheckBox(tr("Automatic"), this);
            m_automatic->setAccessibleName(tr("%1: automatic").arg(settingtexts::label(field)));
            layout->addWidget(m_automatic);
            connect(m_automatic, &QCheckBox::toggled, this, [this](bool on) {
                m_box->setEnabled(!on);
                if (on)
                    showAutomatic(m_automaticValue);
                emit edited();
            });
        }
        layout->addStretch(1);
        connect(m_box, &QDoubleSpinBox::valueChanged, this, &SettingEditor::edited);
    }

    void showAutomatic(double value) override
    {
        m_automaticValue = value;
        if (m_automatic && m_automatic->isChecked() && value >= 0.0) {
            const QSignalBlocker quiet(m_box);
            m_box->setValue(value);
        }
    }

protected:
    QVariant read() const override
    {
        if (m_automatic && m_automatic->isChecked())
            return -1;
        if (m_isWhole)
            return static_cast<int>(std::lround(m_box->value()));
        // Through whole thousandths of what is shown: 0.1 ms is 0.0001 s to the last bit.
        return std::round(m_box->value() * 1000.0) / (1000.0 * m_factor);
    }

    void write(const QVariant &value) override
    {
        const bool automatic = m_automatic && value.toInt() == -1;
        if (m_automatic)
            m_automatic->setChecked(automatic);
        if (automatic)
            showAutomatic(m_automaticValue);
        else
            m_box->setValue(value.toDouble() * m_factor);
    }

private:
    static double step(const SettingField &field)
    {
        if (field.type == QMetaType::Double)
            return settingtexts::shownFactor(field) > 1.0 ? 0.1 : 0.5;
        return field.maximum > 60'000.0 && field.minimum >= 256.0 ? 1024.0 : 1.0;
    }

    NumberBox *m_box;
    QCheckBox *m_automatic = nullptr;
    bool m_isWhole;
    double m_factor;
    double m_automaticValue = -1.0;
};

class SwitchEditor : public SettingEditor
{
public:
    SwitchEditor(const SettingField &field, QWidget *parent)
        : SettingEditor(parent)
        , m_box(new QCheckBox(this))
    {
        setInput(m_box, settingtexts::label(field));
        auto *layout = new QHBoxLayout(this);
        layout->setContentsMargins(0, 4, 0, 4);
        layout->addWidget(m_box);
        layout->addStretch(1);
        connect(m_box, &QCheckBox::toggled, this, [this] {
            showWord();
            emit edited();
        });
        showWord();
    }

protected:
    QVariant read() const override { return m_box->isChecked(); }
    void write(const QVariant &value) override { m_box->setChecked(value.toBool()); }

private:
    void showWord() { m_box->setText(m_box->isChecked() ? tr("On") : tr("Off")); }

    QCheckBox *m_box;
};

class ChoiceEditor : public SettingEditor
{
public:
    ChoiceEditor(const SettingField &field, QWidget *parent)
        : SettingEditor(parent)
        , m_box(new QComboBox(this))
    {
        for (const auto &[value, word] : settingtexts::choices(field))
            m_box->addItem(word, value);
        setInput(m_box, settingtexts::label(field));
        auto *layout = new QHBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(m_box, 1);
        connect(m_box, &QComboBox::currentIndexChanged, this, &SettingEditor::edited);
    }

protected:
    QVariant read() const override { return m_box->currentData(); }

    void write(const QVariant &value) override
    {
        // A value that is no choice is still the one in force, and shown.
        if (m_box->findData(value) < 0)
            m_box->addItem(value.toString(), value);
        m_box->setCurrentIndex(m_box->findData(value));
    }

private:
    QComboBox *m_box;
};

} // namespace

SettingEditor *makeNumber(const SettingField &field, QWidget *parent)
{
    return new NumberEditor(field, parent);
}

SettingEditor *makeSwitch(const SettingField &field, QWidget *parent)
{
    return new SwitchEditor(field, parent);
}

SettingEditor *makeChoice(const SettingField &field, QWidget *parent)
{
    return new ChoiceEditor(field, parent);
}

} // namespace cycast::settingeditors
