import { ListValue, NullValue, Struct, Value } from "google-protobuf/google/protobuf/struct_pb";

import type { Properties, PropertyValue } from "../aws/resourceType";
import { isList } from "../aws/values";

/** Property values from Pulumi's wire format; empty if there are none. */
export function fromStruct(struct: Struct | undefined): Properties {
  const properties: Record<string, PropertyValue> = {};
  struct?.getFieldsMap().forEach((value, name) => {
    properties[name] = fromValue(value);
  });
  return properties;
}

/** Property values in Pulumi's wire format. */
export function toStruct(properties: Properties): Struct {
  const struct = new Struct();
  const fields = struct.getFieldsMap();
  for (const [name, value] of Object.entries(properties)) fields.set(name, toValue(value));
  return struct;
}

function fromValue(value: Value): PropertyValue {
  switch (value.getKindCase()) {
    case Value.KindCase.NUMBER_VALUE:
      return value.getNumberValue();
    case Value.KindCase.STRING_VALUE:
      return value.getStringValue();
    case Value.KindCase.BOOL_VALUE:
      return value.getBoolValue();
    case Value.KindCase.STRUCT_VALUE:
      return fromStruct(value.getStructValue());
    case Value.KindCase.LIST_VALUE:
      return (value.getListValue()?.getValuesList() ?? []).map(fromValue);
    case Value.KindCase.NULL_VALUE:
    case Value.KindCase.KIND_NOT_SET:
      return null;
  }
}

function toValue(value: PropertyValue): Value {
  const wire = new Value();
  if (value === null) wire.setNullValue(NullValue.NULL_VALUE);
  else if (typeof value === "boolean") wire.setBoolValue(value);
  else if (typeof value === "number") wire.setNumberValue(value);
  else if (typeof value === "string") wire.setStringValue(value);
  else if (isList(value)) wire.setListValue(new ListValue().setValuesList(value.map(toValue)));
  else wire.setStructValue(toStruct(value));
  return wire;
}
