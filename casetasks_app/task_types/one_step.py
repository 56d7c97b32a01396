"""The process model of a plugin that brings none: one step, for whoever has the task, with the plugin's only form."""

from xml.sax.saxutils import quoteattr

_MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
             xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
             xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
             xmlns:di="http://www.omg.org/spec/DD/20100524/DI"
             xmlns:casetasks="urn:casetasks:bpmn"
             id={definitions} targetNamespace="urn:casetasks:bpmn">
  <process id={process} name={name} isExecutable="true">
    <startEvent id="start"/>
    <sequenceFlow id="to_step" sourceRef="start" targetRef={step}/>
    <userTask id={step} name={name} casetasks:formKey={step}
              casetasks:assignee="${{assignee}}" casetasks:candidateGroups="${{team}}"/>
    <sequenceFlow id="to_done" sourceRef={step} targetRef="done"/>
    <endEvent id="done" name="done"/>
  </process>
  <bpmndi:BPMNDiagram id="diagram">
    <bpmndi:BPMNPlane id="plane" bpmnElement={process}>
      <bpmndi:BPMNShape id="start_shape" bpmnElement="start">
        <dc:Bounds x="20" y="42" width="36" height="36"/>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="step_shape" bpmnElement={step}>
        <dc:Bounds x="110" y="20" width="160" height="80"/>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="done_shape" bpmnElement="done">
        <dc:Bounds x="324" y="42" width="36" height="36"/>
        <bpmndi:BPMNLabel>
          <dc:Bounds x="322" y="84" width="40" height="14"/>
        </bpmndi:BPMNLabel>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="to_step_edge" bpmnElement="to_step">
        <di:waypoint x="56" y="60"/>
        <di:waypoint x="110" y="60"/>
      </bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="to_done_edge" bpmnElement="to_done">
        <di:waypoint x="270" y="60"/>
        <di:waypoint x="324" y="60"/>
      </bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</definitions>
"""


def one_step_model(plugin_id: str, name: str, form_key: str) -> str:
    """The BPMN text, diagram included; its step is called like the form and its one end is `done`."""
    return _MODEL.format(
        definitions=quoteattr(f"{plugin_id}_definitions"),
        process=quoteattr(f"{plugin_id}_process"),
        step=quoteattr(form_key),
        name=quoteattr(name),
    )
